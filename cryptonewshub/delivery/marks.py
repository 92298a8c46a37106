"""Marks: a web server that does not look into files learns from an empty one what it has to answer with 410.

The file is in `site/.state/gone/`, at the address of what is gone. It is there before the notice is, and goes after it.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cryptonewshub.delivery.gone import is_gone
from cryptonewshub.editions.models import Edition, Withdrawal

_DOCUMENTS = "log/content"


def mark_if_gone(file: Path, data: bytes) -> None:
    """Marks the address of a file of the site that is about to say that something is gone."""
    if is_gone(data):
        _make(_mark_of(file))


def unmark_unless_gone(file: Path, data: bytes | None) -> None:
    """Takes the mark away of a file that says something else now, or that is there no more."""
    if data is None or not is_gone(data):
        _mark_of(file).unlink(missing_ok=True)


def mark_documents() -> None:
    """Marks the content documents in the log that were withdrawn, and no others: an order can fall."""
    folder = _folder() / _DOCUMENTS
    wanted = set(Edition.objects.filter(withdrawn_by__in=Withdrawal.objects.all()).values_list("sha256", flat=True))
    marked = {mark.name for mark in folder.iterdir()} if folder.is_dir() else set()
    for name in wanted - marked:
        _make(folder / name)
    for name in marked - wanted:
        (folder / name).unlink(missing_ok=True)


def _mark_of(file: Path) -> Path:
    return _folder() / file.relative_to(settings.CNH_HOME.site)


def _make(mark: Path) -> None:
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _folder() -> Path:
    place: Path = settings.CNH_HOME.site / ".state" / "gone"
    return place
