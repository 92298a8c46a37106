"""Opens the doors between the stages: what an article asks before it goes live, and how its preview looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage


class NewsroomConfig(AppConfig):
    name = "cryptonewshub.config"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cryptonewshub.accuracy.gate import guard
        from cryptonewshub.articles.doors import doors

        doors.guard = guard
        doors.preview = _preview


def _preview(page: ArticlePage) -> str:
    from django.utils import timezone

    from cryptonewshub.delivery.printing import current_site
    from cryptonewshub.editions.sealing import preview_of
    from cryptonewshub.reader.pages import article_page

    content = preview_of(page, now=timezone.now())
    return article_page(current_site(), content, editions=[content], is_preview=True)
