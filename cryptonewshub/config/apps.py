"""Opens the doors between the stages: what an article asks before it goes live, and how its preview looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.sources.citing import Citation
    from cryptonewshub.sources.models import Source


class NewsroomConfig(AppConfig):
    name = "cryptonewshub.config"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.accuracy import gate
        from cryptonewshub.articles.doors import doors
        from cryptonewshub.sources.citing import door

        doors.guard = gate.guard
        doors.reasons = gate.reasons
        doors.keep = _keep
        doors.classed = _require_class
        doors.version = _newest_version
        doors.preview = _preview
        door.citations_of = _citations_of


def _require_class(page: ArticlePage) -> None:
    from django.utils import timezone

    from cryptonewshub.editions.sealing import require_class

    require_class(page, now=timezone.now())


def _newest_version(page: ArticlePage) -> int:
    from cryptonewshub.editions.models import Edition

    return Edition.objects.newest_version(page)


def _keep(page: ArticlePage, reasons: list[str]) -> None:
    from cryptonewshub.accuracy.holding import hold

    hold(page.pk, reasons)


def _citations_of(source: Source) -> list[Citation]:
    from cryptonewshub.editions.citing import citations_of

    return citations_of(source)


def _preview(page: ArticlePage) -> str:
    from django.utils import timezone

    from cryptonewshub.delivery.printing import current_site
    from cryptonewshub.editions.sealing import preview_of
    from cryptonewshub.reader.pages import article_page

    content = preview_of(page, now=timezone.now())
    return article_page(current_site(), content, editions=[content], is_preview=True)
