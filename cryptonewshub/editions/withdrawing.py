"""Withdrawing by order: what a law, a court or somebody's safety takes from the public, and how it comes back.

An order is entered in the log first; only then is anything removed (`erasing.py`). What stays for ever is that
something was removed, when and on which basis; what goes is every copy of the words that the newsroom has.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.images import get_image_model

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.content import digest
from cryptonewshub.editions.entering import enter_restoration, enter_withdrawal
from cryptonewshub.editions.models import Edition, Withdrawal
from cryptonewshub.tlog.manifests import Basis, Scope


class WithdrawalRefused(Exception):  # noqa: N818  (a state of the story, as an editor would say it)
    """The order cannot be carried out as it stands. The text is one sentence for the editor."""


@transaction.atomic
def order_withdrawal(
    article: ArticlePage,
    *,
    basis: Basis,
    what: str = "",
    versions: Collection[int] = (),
    reference: str = "",
    user: Any = None,
) -> Withdrawal:
    """Enters an order in the log: the whole story, or only these earlier versions of it. It is carried out once the log
    has it.

    `what` tells the public which kind of content it was; `reference` stays in the newsroom. Raises WithdrawalRefused.
    """
    # Nothing is published while it is withdrawn, and nothing is withdrawn twice.
    ArticlePage.objects.select_for_update().only("pk").get(pk=article.pk)
    editions = _editions(article, versions)
    scope = Scope.FIELDS if versions else Scope.WHOLE
    entry = enter_withdrawal(article, of=editions, basis=basis, scope=scope)
    withdrawal = Withdrawal.objects.create(
        article=article,
        entry=entry,
        what=what.strip(),
        reference=reference.strip(),
        ordered_by=user,
        pictures=_pictures_of_no_other(editions),
        library=_library_pictures(article) if scope is Scope.WHOLE else [],
    )
    withdrawal.editions.set(editions)
    return withdrawal


@transaction.atomic
def restore(withdrawal: Withdrawal, documents: Iterable[bytes], *, basis: Basis) -> list[Edition]:
    """Makes withdrawn editions public again from copies of their content documents: the newsroom itself has kept none.

    Raises WithdrawalRefused when a document is none of the withdrawn ones. Pictures must be uploaded anew.
    """
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if withdrawal.carried_out is None:
        raise WithdrawalRefused("The withdrawal has not been carried out yet, so there is nothing to restore.")
    removed = {edition.sha256: edition for edition in withdrawal.editions.filter(withdrawn_by=withdrawal)}
    restored = []
    for data in documents:
        edition = removed.get(digest(data))
        if edition is None:
            raise WithdrawalRefused("A file is not the content document of a version that this order withdrew.")
        Edition.objects.put_back(edition, data)
        transaction.on_commit(content_file(edition).unlink)
        enter_restoration(withdrawal.article, edition=edition, of=[withdrawal.entry], basis=basis)
        restored.append(edition)
    return restored


def what_will_happen(article: ArticlePage, versions: Collection[int] = ()) -> list[str]:
    """What an order does, in sentences for whoever gives it."""
    last = Edition.objects.of(article).readable().last()
    address = last.path if last else article.url_path
    count = len(versions) or Edition.objects.of(article).readable().count()
    what = f"version {', '.join(map(str, sorted(versions)))}" if versions else "the whole story"
    return [
        f"The public log records for ever that {what} was withdrawn from {address}, when, and on which basis.",
        f"The words of {count} version{'' if count == 1 else 's'} are deleted: pages, feeds, search, database, drafts.",
        "Pictures that only this story shows are deleted too.",
        "A notice stands at each address in its place, with “410 Gone”, so that search engines let go of it as well.",
        "Backups, and copies that others made, are not reached from here. See to them yourself.",
        "It cannot be undone from here. Should the order fall, a copy of the content document brings the words back.",
    ]


def content_file(edition: Edition) -> Path:
    """Where the public content document of an edition is, or, once it is withdrawn, what says so."""
    return Path(settings.CNH_HOME.log) / "content" / edition.sha256


def is_withdrawn(article: ArticlePage) -> bool:
    """Whether the whole story was ordered away and has not come back."""
    ordered = Withdrawal.objects.filter(article=article.pk, entry__scope=Scope.WHOLE.value)
    return any(one.carried_out is None or one.editions.filter(withdrawn_by=one).exists() for one in ordered)


def _editions(article: ArticlePage, versions: Collection[int]) -> list[Edition]:
    readable = list(Edition.objects.of(article).readable())
    if not readable:
        raise WithdrawalRefused("Nothing of this story is published, so there is nothing to withdraw.")
    if any(not edition.entry.is_logged for edition in readable):
        raise WithdrawalRefused("The newest version waits to be entered in the log. Try again in a moment.")
    if is_withdrawn(article):
        raise WithdrawalRefused("The story is being withdrawn already.")
    if not versions:
        return readable
    wanted = [edition for edition in readable if edition.version in versions]
    if len(wanted) != len(set(versions)):
        raise WithdrawalRefused("One of these versions is not published, or withdrawn already.")
    if readable[-1] in wanted:
        raise WithdrawalRefused("Publish a version without the passage first, and withdraw the earlier ones then.")
    return wanted


def _pictures_of_no_other(editions: Sequence[Edition]) -> list[str]:
    """The published picture files that these editions show and no other readable edition does."""
    names = {image.file for edition in editions for image in edition.read().document.images}
    others = Edition.objects.readable().exclude(pk__in=[edition.pk for edition in editions])
    for content in others.values_list("content", flat=True).iterator(chunk_size=200) if names else ():
        names = {name for name in names if name.encode() not in bytes(content)}
    return sorted(names)


def _library_pictures(article: ArticlePage) -> list[int]:
    """The pictures of the editors' library that this story alone uses."""
    drafts = article.revisions.values_list("content__body", flat=True)
    read = (json.loads(body) if isinstance(body, str) else body for body in drafts)  # databases differ in this
    numbers = {number for body in read for number in _pictures_in(body)}
    pictures = get_image_model().objects.filter(pk__in=numbers)
    return sorted(picture.pk for picture in pictures if _is_only_used_by(picture, article))


def _pictures_in(value: Any) -> Iterator[int]:
    """The pictures of a body as it is kept, those in updates, too."""
    if isinstance(value, list):
        for item in value:
            yield from _pictures_in(item)
    elif isinstance(value, dict):
        if value.get("type") == "picture" and isinstance(number := value["value"].get("image"), int):
            yield number
        for item in value.values():
            yield from _pictures_in(item)


def _is_only_used_by(picture: Any, article: ArticlePage) -> bool:
    return all(str(used.pk) == str(article.pk) for used, _ in picture.get_usage() if used is not None)
