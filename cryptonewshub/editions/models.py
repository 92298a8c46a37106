"""Editions: the published versions of every article, append-only. An edition is never changed and never deleted.

The one exception is a withdrawal by order, which empties editions and stays as a record of itself.

Beside them the outbox of the log: what was done, signed in the same transaction, waits there for its place in the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.content import Change, Content, digest
from cryptonewshub.sources.models import Source
from cryptonewshub.tlog.manifests import Basis, Kind, Scope


class EditionQuerySet(models.QuerySet["Edition"]):
    """Ways through the editions, oldest first unless it says otherwise."""

    def of(self, article: ArticlePage) -> EditionQuerySet:
        return self.filter(article=article).order_by("version")

    def logged(self) -> EditionQuerySet:
        """Those that are in the public log and were not withdrawn: what readers may see."""
        return self.filter(is_shown=True)

    def readable(self) -> EditionQuerySet:
        """Those that still say something: not withdrawn by order."""
        return self.filter(withdrawn_by=None)

    def empty(self, withdrawal: Withdrawal) -> None:
        """Takes the words out of the editions that an order names. Nothing else in the newsroom changes an edition.

        Raises ValueError for an order that the log does not have: the log is told first.
        """
        if not withdrawal.entry.is_logged:
            raise ValueError("A withdrawal is carried out only when the log has it.")
        EditionSpeaker.objects.filter(edition__withdrawals=withdrawal).delete()
        self.filter(withdrawals=withdrawal)._change(content=b"", withdrawn_by=withdrawal)
        self.note_shown([withdrawal.article_id])

    def put_back(self, edition: Edition, content: bytes) -> None:
        """Gives a withdrawn edition its words back. Raises ValueError when these are not its bytes."""
        if digest(content) != edition.sha256:
            raise ValueError("These bytes are not the content document of this edition.")
        self.filter(pk=edition.pk)._change(content=content, withdrawn_by=None)
        EditionSpeaker.objects.bulk_create(EditionSpeaker.listing(edition, Content.of_sealed_bytes(content).speakers))
        self.note_shown([edition.article_id])

    def note_shown(self, articles: Iterable[int]) -> None:
        """Writes down anew which editions of these articles readers may see, and which of those is the newest.

        To be called when the log has got versions of theirs, and when an order has changed editions.
        """
        named = sorted(set(articles))
        for start in range(0, len(named), 500):
            of = {"article__in": named[start : start + 500]}
            entries = LogEntry.objects.logged().filter(kind=Kind.VERSION, edition=OuterRef("pk"))
            later = Edition.objects.filter(article=OuterRef("article"), version__gt=OuterRef("version"), is_shown=True)
            self.filter(**of)._change(is_shown=_whether(Q(withdrawn_by=None), Q(Exists(entries))))
            self.filter(**of)._change(is_newest=_whether(Q(is_shown=True), ~Q(Exists(later))))
            newest = Subquery(Edition.objects.filter(pk=OuterRef("edition")).values("is_newest"))
            for rows in (EditionTopic.objects, EditionAuthor.objects, EditionSpeaker.objects):
                rows.filter(**of).update(is_newest=newest)

    def _change(self, **fields: Any) -> None:
        super().update(**fields)

    def newest_version(self, article: ArticlePage) -> int:
        """The number of the article's newest edition, 0 when it has none."""
        if article.pk is None:
            return 0
        return self.filter(article=article.pk).aggregate(newest=models.Max("version"))["newest"] or 0

    def newest(self) -> EditionQuerySet:
        """The newest logged edition of each article, the latest published article first."""
        return self.filter(is_newest=True).order_by("-published", "-article")

    def standing(self) -> EditionQuerySet:
        """Those of stories that the newsroom stands by."""
        return self.filter(is_retracted=False)

    def telling(self) -> EditionQuerySet:
        """Logged editions that told readers of a correction, clarification or retraction, the newest first."""
        return self.logged().filter(told__isnull=False).order_by("-told", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Editions are append-only: publish a new edition instead.")

    def delete(self) -> NoReturn:
        raise TypeError("Editions are append-only: they cannot be deleted.")


class Edition(models.Model):
    """One sealed version of an article. `content` is the content document's canonical bytes, `sha256` of them in hex.

    The other columns repeat what stands in the content, so that the database can find it. `is_shown` and `is_newest`
    repeat, for the same reason, what the log and the withdrawals say; `note_shown` alone writes them.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    change = models.CharField(max_length=20, choices=[(change.value, change.value) for change in Change])
    path = models.CharField(max_length=400, db_index=True)
    section = models.CharField(max_length=255, blank=True, db_index=True)
    series = models.CharField(max_length=120, blank=True, db_index=True)
    published = models.DateTimeField(db_index=True)
    updated = models.DateTimeField(null=True)
    made = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    # Of a correction, clarification or retraction: when readers were told, and since when what was wrong stood there.
    told = models.DateTimeField(null=True, db_index=True)
    wrong_since = models.DateTimeField(null=True)
    is_retracted = models.BooleanField(default=False)
    withdrawn_by = models.ForeignKey("Withdrawal", null=True, on_delete=models.PROTECT, related_name="+")
    is_shown = models.BooleanField(default=False, editable=False)
    is_newest = models.BooleanField(default=False, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "version"], name="one_edition_a_version"),
        ]
        # A list of stories, and the count of them, cost the same on a hundred stories and on a hundred thousand.
        indexes: ClassVar = [
            models.Index(fields=["published", "article"], condition=Q(is_newest=True), name="newest_by_time"),
            models.Index(
                fields=["section", "published", "article"], condition=Q(is_newest=True), name="newest_of_section"
            ),
            models.Index(fields=["told"], condition=Q(is_shown=True, told__isnull=False), name="shown_and_told"),
            models.Index(fields=["published"], condition=Q(version=1), name="first_by_time"),
        ]
        permissions: ClassVar = [("withdraw_edition", "Can withdraw published stories by order")]

    def __str__(self) -> str:
        return f"{self.path} edition {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Editions are append-only: publish a new edition instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Editions are append-only: they cannot be deleted.")

    @property
    def entry(self) -> LogEntry:
        """What this edition has, or waits to have, in the log."""
        return self.entries.get(kind=Kind.VERSION)

    def read(self) -> Content:
        """What the edition says. Raises ValueError when the stored bytes are not those that were sealed."""
        data = bytes(self.content)
        if digest(data) != self.sha256:
            raise ValueError(f"The stored content of {self} was changed after it was sealed. Restore it from a backup.")
        return _content_of(data)


@lru_cache(maxsize=4096)  # of some 15 kB
def _content_of(data: bytes) -> Content:
    """What these bytes say. A list and its feeds, and stories beside one another, read the same editions again."""
    return Content.of_sealed_bytes(data)


def _whether(*conditions: Q) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(Q(*conditions), output_field=models.BooleanField())


class LogEntryQuerySet(models.QuerySet["LogEntry"]):
    """Ways through the log's entries."""

    def waiting(self) -> LogEntryQuerySet:
        """What is not in the log yet, in the order in which it happened."""
        return self.filter(index=None).order_by("pk")

    def logged(self) -> LogEntryQuerySet:
        """What is in the public log, in its order."""
        return self.filter(index__isnull=False).order_by("index")

    def since(self, index: int) -> LogEntryQuerySet:
        """The logged entries from an index on: what a reader of the log has next."""
        return self.logged().filter(index__gte=index)

    def next_index(self) -> int:
        """The index that the next entry gets, as far as the database knows."""
        last = self.logged().last()
        return 0 if last is None or last.index is None else last.index + 1


class LogEntry(models.Model):
    """One act of the newsroom that belongs in the log; once it is there, `index`, `at` and `leaf_hash` say where.

    `manifest` is signed in the transaction of the act. Only where an earlier act of the same article still waits is it
    empty: its manifest names that entry's hash, and is signed once there is one. `removed` are the entries that a
    withdrawal or restoration concerns; `document` the public JSON that a key, policy, genesis or end entry commits to.
    """

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    made = models.DateTimeField(default=timezone.now)
    article = models.ForeignKey(ArticlePage, null=True, on_delete=models.PROTECT, related_name="log_entries")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="entries")
    removed = models.ManyToManyField("self", symmetrical=False, related_name="removed_by")
    basis = models.CharField(max_length=10, blank=True)
    scope = models.CharField(max_length=10, blank=True)
    document = models.BinaryField(null=True)
    manifest = models.BinaryField(null=True)
    manifest_sha256 = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - empty is not unique
    index = models.PositiveBigIntegerField(null=True, unique=True)
    at = models.DateTimeField(null=True)
    leaf_hash = models.CharField(max_length=64, blank=True)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "log entries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(kind=Kind.VERSION.value), name="one_version_entry_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {'waiting' if self.index is None else self.index}"

    @property
    def is_logged(self) -> bool:
        return self.index is not None

    @property
    def predecessor(self) -> LogEntry | None:
        """The same article's entry before this one."""
        before = LogEntry.objects.filter(article=self.article_id).order_by("-pk")
        return before.filter(pk__lt=self.pk).first() if self.pk else before.first()

    def sign(self, manifest: bytes) -> None:
        """Takes the signed manifest, and its hash, by which the entry is known in the log. The row is not saved."""
        self.manifest, self.manifest_sha256 = manifest, hashlib.sha256(manifest).hexdigest()

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("What was entered in the log, or waits for it, cannot be deleted.")


class Withdrawal(models.Model):
    """An order that took editions from the public: the record of it, which holds none of their words.

    `what` is public: the kind of content. `reference` is the newsroom's own: who ordered it, the number of the file.
    `pictures` are files that only these editions showed, `library` the keys of pictures that only this story used.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="withdrawals")
    editions = models.ManyToManyField(Edition, related_name="withdrawals")
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT, related_name="withdrawal")
    what = models.CharField(max_length=160, blank=True)
    reference = models.TextField(blank=True)
    ordered = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    pictures = models.JSONField(default=list)
    library = models.JSONField(default=list)
    carried_out = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Withdrawal of {self.article.url_path}"

    @property
    def scope(self) -> Scope:
        return Scope(self.entry.scope)

    @property
    def basis(self) -> Basis:
        return Basis(self.entry.basis)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A withdrawal is a record: it cannot be deleted.")


class Listed(models.Model):
    """That an edition belongs to a list of stories; with what lists are sorted and counted by, as its row has it."""

    published = models.DateTimeField()
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    is_newest = models.BooleanField(default=False, editable=False)

    name_of_list: ClassVar[str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, self.name_of_list))

    @classmethod
    def listing(cls, edition: Edition, names: Iterable[str]) -> list[Self]:
        """The rows of an edition, not saved yet: one for each of the lists that it belongs to."""
        longest: int = cls._meta.get_field(cls.name_of_list).max_length  # type: ignore[union-attr,assignment]
        return [
            cls(
                edition=edition,
                published=edition.published,
                article_id=edition.article_id,
                is_newest=edition.is_newest,
                **{cls.name_of_list: name[:longest]},
            )
            for name in names
        ]


class EditionTopic(Listed):
    """Which topics an edition names, for finding a topic's stories."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=80, db_index=True)

    name_of_list = "slug"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["slug", "published", "article"], condition=Q(is_newest=True), name="newest_of_topic")
        ]


class EditionAuthor(Listed):
    """Which authors sign an edition, for finding an author's stories."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="authors")
    slug = models.SlugField(max_length=120, db_index=True)

    name_of_list = "slug"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["slug", "published", "article"], condition=Q(is_newest=True), name="newest_of_author")
        ]


class EditionSource(models.Model):
    """Which archived sources an edition stands on, by the ids under which it cites them. For the desk alone: of a
    confidential source this says what the edition does not.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.key


class EditionSpeaker(Listed):
    """Whom an edition quotes, by the names under which they were sealed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=200, db_index=True)

    name_of_list = "name"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "published", "article"], condition=Q(is_newest=True), name="newest_of_speaker")
        ]


class EditionRelated(models.Model):
    """Which stories the newsroom put beside an edition, by article id."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="related")
    story = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.story)
