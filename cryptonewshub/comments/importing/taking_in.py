"""Taking in: comments of another system become ours, each once, however often the import is run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.deciding import Who, record
from cryptonewshub.comments.forms import CommentForm
from cryptonewshub.comments.importing.disqus import read_disqus
from cryptonewshub.comments.importing.isso import read_isso_database, read_isso_json
from cryptonewshub.comments.importing.own import read_own
from cryptonewshub.comments.importing.shape import Imported, UnreadableExportError
from cryptonewshub.comments.importing.wordpress import read_wordpress
from cryptonewshub.comments.likeness import fingerprint
from cryptonewshub.comments.models import Act, Address, Comment, State
from cryptonewshub.comments.threads import mark_changed
from cryptonewshub.editions.models import Edition

IMPORT = Who("the import")
_BATCH = 500
READERS = {
    "wordpress": read_wordpress,
    "disqus": read_disqus,
    "isso": read_isso_database,
    "isso-json": read_isso_json,
    "cnh": read_own,
}


@dataclass(slots=True)
class Tally:
    """What became of an import: how many were taken, were here before, and were left out, by the reason."""

    taken: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def import_file(path: Path, kind: str = "") -> Tally:
    """Imports a file; what it is is told by its first bytes where `kind` is empty.

    Raises UnreadableExportError when it cannot be read. What was taken before stays; a second run goes on.
    """
    return take_in(READERS[kind or kind_of(path)](path))


def kind_of(path: Path) -> str:
    """Which system a file comes from. Raises UnreadableExportError when it is of none."""
    with path.open("rb") as file:
        head = file.read(4_096)
    if head.startswith(b"SQLite format 3\0"):
        return "isso"
    if b"http://disqus.com" in head:
        return "disqus"
    if b"wordpress.org/export" in head:
        return "wordpress"
    if head.lstrip().startswith(b"["):
        return "isso-json"
    if b'"cryptonewshub comments"' in head:
        return "cnh"
    raise UnreadableExportError(
        f"{path} is no export of WordPress, Disqus, Isso or CryptoNewsHub that we know. Name it with --from."
    )


def take_in(found: Iterable[Imported]) -> Tally:
    """Takes comments in, in batches that are each whole or not there."""
    tally = Tally()
    stories = _Stories()
    rest = iter(found)
    while batch := list(islice(rest, _BATCH)):
        with transaction.atomic():
            for imported in batch:
                _take(imported, stories, tally)
            for article in stories.drain():
                mark_changed(article)
    return tally


class _Stories:
    """Finds the story that an address of another system means, and remembers which ones got comments."""

    def __init__(self) -> None:
        self._found: dict[str, ArticlePage | None] = {}
        self._touched: dict[int, ArticlePage] = {}
        self.answered: dict[str, int] = {}  # of comments that were written here: their numbers, by their origins

    def at(self, address: str) -> ArticlePage | None:
        path = urlsplit(address).path
        if path not in self._found:
            self._found[path] = _story_at(path)
        return self._found[path]

    def touch(self, article: ArticlePage) -> None:
        self._touched[article.pk] = article

    def drain(self) -> Iterator[ArticlePage]:
        while self._touched:
            yield self._touched.popitem()[1]


def _story_at(path: str) -> ArticlePage | None:
    """By the whole path first, by its last part where only one story has it."""
    edition = Edition.objects.filter(path=f"/{path.strip('/')}/").order_by("pk").last()
    if edition:
        return edition.article
    slug = path.strip("/").rpartition("/")[2].removesuffix(".html")
    same = ArticlePage.objects.filter(slug=slug, editions__isnull=False).distinct()[:2]
    return same[0] if slug and len(same) == 1 else None


def _take(imported: Imported, stories: _Stories, tally: Tally) -> None:
    if known := _known(imported):
        stories.answered[imported.origin] = known.pk
        tally.known += 1
        return
    article = stories.at(imported.story)
    if article is None:
        tally.left_out["no story of ours has its address"] += 1
        return
    form = CommentForm({"name": imported.name, "body": imported.body, "quote": imported.quote})
    if not form.is_valid():
        tally.left_out[f"its {next(iter(form.errors))} cannot be shown"] += 1
        return
    comment = Comment(
        article=article,
        version=_version_at(article, imported),
        parent=_parent(imported, article, stories),
        name=form.cleaned_data["name"],
        body=form.cleaned_data["body"],
        quote=form.cleaned_data["quote"],
        made=imported.made,
        fingerprint=fingerprint(form.cleaned_data["body"]),
        address=_address(imported),
        origin=imported.origin,
    )
    state = State(imported.state)
    record(comment, Act.RECEIVE, after=state, who=IMPORT, now=timezone.now(), quietly=True)
    stories.touch(article)
    tally.taken += 1


def _known(imported: Imported) -> Comment | None:
    """The comment, where it is here: taken in before, or written here. A number alone may be another's after a loss."""
    own = Q(pk=imported.number, made=imported.made) if imported.number else Q()
    return Comment.objects.filter(Q(origin=imported.origin) | own).first()


def _parent(imported: Imported, article: ArticlePage, stories: _Stories) -> Comment | None:
    if not imported.parent:
        return None
    named = Q(origin=imported.parent) | Q(pk=stories.answered.get(imported.parent))
    return Comment.objects.filter(named, article=article).first()


def _version_at(article: ArticlePage, imported: Imported) -> int:
    """The edition that was out when the comment was made."""
    editions = Edition.objects.of(article)
    earlier = editions.filter(made__lte=imported.made).values_list("version", flat=True).last()
    return earlier or 1


def _address(imported: Imported) -> Address | None:
    """The address, not confirmed: whoever wrote it never agreed to letters from us."""
    form = CommentForm({"name": "x", "body": "x", "email": imported.email})
    if not imported.email or not form.is_valid():
        return None
    return Address.objects.get_or_create(email=form.cleaned_data["email"], defaults={"made": timezone.now()})[0]
