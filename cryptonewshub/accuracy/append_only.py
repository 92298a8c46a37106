"""Rows that are a record: written once, never changed, and gone only with the draft that they are about."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reads; refuses what would rewrite the record."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.model.__name__} rows are a record: add a new row instead.")

    def delete(self) -> NoReturn:
        raise TypeError(f"{self.model.__name__} rows are a record: they cannot be deleted.")


class AppendOnly(models.Model):
    """A row of a record."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are a record: add a new row instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} rows are a record: they cannot be deleted.")
