"""Editions: the published versions of every article, append-only. An edition is never changed and never deleted."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Exists, OuterRef

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.content import Change, Content


class EditionQuerySet(models.QuerySet["Edition"]):
    """Ways through the editions, oldest first unless it says otherwise."""

    def of(self, article: ArticlePage) -> EditionQuerySet:
        return self.filter(article=article).order_by("version")

    def since(self, position: int) -> EditionQuerySet:
        """Those after a reader's cursor, in the order in which they were sealed."""
        return self.filter(pk__gt=position).order_by("pk")

    def newest(self) -> EditionQuerySet:
        """The newest edition of each article, the latest published article first."""
        later = Edition.objects.filter(article=OuterRef("article"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later)).order_by("-published", "-pk")

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Editions are append-only: publish a new edition instead.")

    def delete(self) -> NoReturn:
        raise TypeError("Editions are append-only: they cannot be deleted.")


class Edition(models.Model):
    """One sealed version of an article. `content` is the content document's canonical bytes, `sha256` of them in hex.

    The other columns repeat what stands in the content, so that the database can find it.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="editions")
    version = models.PositiveIntegerField()
    change = models.CharField(max_length=20, choices=[(change.value, change.value) for change in Change])
    path = models.CharField(max_length=400, db_index=True)
    section = models.CharField(max_length=255, blank=True, db_index=True)
    published = models.DateTimeField(db_index=True)
    made = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "version"], name="one_edition_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.path} edition {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Editions are append-only: publish a new edition instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Editions are append-only: they cannot be deleted.")

    def read(self) -> Content:
        """What the edition says. Raises ValueError when the stored bytes are not a canonical content document."""
        return Content.from_bytes(bytes(self.content))


class EditionTopic(models.Model):
    """Which topics an edition names, for finding a topic's stories."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.slug


class EditionAuthor(models.Model):
    """Which authors sign an edition, for finding an author's stories."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="authors")
    slug = models.SlugField(max_length=120, db_index=True)

    def __str__(self) -> str:
        return self.slug
