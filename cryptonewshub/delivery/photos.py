"""Photos of authors: a square of each is kept beside the pictures of editions, and baked with them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from cryptonewshub.people.models import Author
from cryptonewshub.reader.addresses import media_path
from cryptonewshub.reader.listings import Photo
from cryptonewshub.sources.archive import write_durably

_SIZE = 240
_SPEC = f"fill-{_SIZE}x{_SIZE}|format-webp"


def photo_of(author: Author) -> Photo | None:
    """The photo of an author as it was kept; None where there is none."""
    file = _file(author)
    return Photo(media_path(file.name), _SIZE, author.photo_alt) if file and file.exists() else None


def keep_photo(author: Author) -> None:
    """Makes the square that pages show. Making it again changes nothing."""
    file = _file(author)
    if file and not file.exists():
        write_durably(file, _square(author))


def _file(author: Author) -> Path | None:
    if author.photo is None:
        return None
    name = hashlib.sha256(_square(author)).hexdigest()[:16]
    return Path(settings.CNH_HOME.media) / "published" / f"{name}.webp"


def _square(author: Author) -> bytes:
    assert author.photo
    rendition = author.photo.get_rendition(_SPEC)
    with rendition.file.open("rb") as file:
        data: bytes = file.read()
    return data
