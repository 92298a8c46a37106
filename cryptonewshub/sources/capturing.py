"""Taking documents into the archive: from a web address, a file, pasted text, or the reporter's own notes.

What cannot be read leaves nothing behind: an original is kept once its text is there. A document that is in the archive
already is found again, not kept twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cryptonewshub.sources import archive
from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError
from cryptonewshub.sources.extraction import MEDIA_TYPES
from cryptonewshub.sources.fetching import Fetched, Limits, fetch
from cryptonewshub.sources.languages import language_of
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.quarantine import extract_safely, read_page_safely
from cryptonewshub.sources.warc import warc_of

ACCEPTED = "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.1"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class AlreadyArchived(ExtractionError):  # noqa: N818 - a state of the archive
    """The document is there already: as `source`, which the person may see."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"This document is in the archive already, as “{source.title}”.")
        self.source = source


@dataclass(frozen=True, slots=True)
class Described:
    """What an editor says of a source. What is left empty is taken from the document, where it says so itself."""

    title: str = ""
    speaker: str = ""
    author: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    interview_place: str = ""
    interviewer: str = ""
    is_confidential: bool = False


def capture_upload(name: str, original: bytes, *, user: Any = None, described: Described | None = None) -> Source:
    """The source made of an uploaded file.

    Raises ExtractionError when it cannot be read, AlreadyArchived when it is there already.
    """
    name = PurePosixPath(name.replace("\\", "/")).name[-200:]
    extracted = extract_safely(original, name)
    source = _described(extracted, described or Described(), fallback=PurePosixPath(name).stem)
    source.captured_by = user
    return _keep(source, original, name=name, media_type=extracted.media_type)


def capture_text(
    text: str, *, user: Any = None, described: Described | None = None, kind: str = Source.Kind.PASTED
) -> Source:
    """The source made of pasted text, or of interview notes.

    Raises ExtractionError when there is no text, AlreadyArchived when it is there already.
    """
    name = "notes.txt" if kind == Source.Kind.INTERVIEW else "pasted.txt"
    original = text.replace("\r\n", "\n").strip().encode("utf-8", "replace")
    extracted = extract_safely(original, name)
    source = _described(extracted, described or Described(), fallback=extracted.text.split("\n", 1)[0][:80])
    source.captured_by = user
    source.kind = kind
    return _keep(source, original, name=name, media_type=extracted.media_type)


def capture_address(url: str, *, user: Any = None, described: Described | None = None) -> Source:
    """The source made of what stands at a web address now.

    Raises FetchRefused when nothing could be fetched, ExtractionError when that cannot be read, AlreadyArchived when
    the very same bytes are there already.
    """
    source, original = _fetched_source(fetch(url.strip(), limits=limits(), accept=ACCEPTED), described or Described())
    source.captured_by = user
    _refuse_known_page(source)
    return _keep(source, original, name=source.file_name, media_type=source.media_type)


def capture_again(source: Source, *, user: Any = None) -> Source:
    """The next version of a source with an address: what stands there now, linked to this one.

    Where the very same bytes stand there still, this source comes back, with the time noted. Raises as
    `capture_address` does.
    """
    told = Described(
        source.title, source.speaker, source.author, source.publisher, source.published, source.language,
        is_confidential=source.is_confidential,
    )  # fmt: skip
    latest, original = _fetched_source(fetch(source.url, limits=limits(), accept=ACCEPTED), told)
    if latest.page_sha256 == source.page_sha256:
        source.seen_again = timezone.now()
        source.save(update_fields=["seen_again"])
        return source
    latest.earlier, latest.captured_by = source, user
    with transaction.atomic():
        kept = _keep(latest, original, name=latest.file_name, media_type=latest.media_type)
        kept.readers.set(source.readers.all())
    return kept


def capture_file(
    path: Path,
    *,
    title: str,
    speaker: str = "",
    publisher: str = "",
    published: date | None = None,
    language: str = "en",
    url: str = "",
) -> Source:
    """The source made of a file. A newer description of the same bytes replaces the older: it is the same document.

    Raises ExtractionError when the file cannot be read as a source.
    """
    original = path.read_bytes()
    extracted = extract_safely(original, path.name)
    source, _ = Source.objects.update_or_create(
        sha256=archive.keep(settings.CNH_HOME.archive, original),
        is_confidential=False,
        defaults={
            "title": title,
            "speaker": speaker,
            "publisher": publisher,
            "published": published,
            "language": language,
            "url": url,
            "text": extracted.text,
            "places": _places(extracted),
            "file_name": path.name,
            "media_type": extracted.media_type,
        },
    )
    return source


def limits() -> Limits:
    """What a capture may cost and where it may go: into public networks, and to the places that the operator named."""
    return Limits(allowed=frozenset(settings.CNH_FETCH_ALLOWED))


def _fetched_source(fetched: Fetched, described: Described) -> tuple[Source, bytes]:
    """A source, not yet kept, and its original: a WARC file for a page, the file itself for a file."""
    host = urlsplit(fetched.url).hostname or fetched.url
    if fetched.status != 200:
        raise FetchRefused(
            f"{host} answered “{fetched.status} {fetched.reason}”. Open the address in a browser; "
            "if it needs a log-in, save the page there and add it as a file."
        )
    if fetched.media_type in _PAGES:
        extracted = read_page_safely(fetched.body, fetched.url, fetched.charset)
        original, name, media_type = warc_of(fetched, now=timezone.now()), "page.warc", "application/warc"
    else:
        name = _name_of(fetched)
        extracted = extract_safely(fetched.body, name)
        original, media_type = fetched.body, extracted.media_type
    source = _described(extracted, described, fallback=fetched.url)
    source.kind = Source.Kind.PAGE
    source.url, source.file_name, source.media_type = fetched.url, name, media_type
    source.page_sha256 = hashlib.sha256(fetched.body).hexdigest()
    source.remarks = "\n".join([*_remarks(fetched), *extracted.remarks])
    return source, original


def _name_of(fetched: Fetched) -> str:
    """A file name with the ending of the kind that the server names, or that the address has where it names none."""
    last = PurePosixPath(unquote(urlsplit(fetched.url).path)).name[-100:]
    endings = {media_type: ending for ending, media_type in reversed(MEDIA_TYPES.items())}
    ending = endings.get(fetched.media_type)
    if ending:
        return f"{PurePosixPath(last).stem or 'document'}{ending}"
    if fetched.media_type in ("", "application/octet-stream") and PurePosixPath(last).suffix.lower() in MEDIA_TYPES:
        return last
    raise ExtractionError(
        f"{fetched.url} is a document of the kind {fetched.media_type or 'unknown'}, which cannot be read as a source. "
        "Add a page, a PDF or a text."
    )


def _remarks(fetched: Fetched) -> list[str]:
    remarks = []
    if len(fetched.hops) > 1:
        remarks.append(f"The address {fetched.hops[0]} led to {fetched.url}.")
    if fetched.lost_encryption:
        remarks.append("A redirect led away from encryption: somebody in between could have changed the page.")
    elif fetched.url.startswith("http:"):
        remarks.append("The page came without encryption: somebody in between could have changed it.")
    if fetched.charset not in ("", "utf-8", "us-ascii"):
        remarks.append(f"The server names the encoding {fetched.charset[:40]}.")
    return remarks


def _described(extracted: ExtractedText, described: Described, *, fallback: str) -> Source:
    """A source of these words: as the editor describes it, else as it describes itself."""
    about: About = extracted.about
    return Source(
        title=_line(described.title or about.title or fallback)[:255] or "Untitled",
        speaker=_line(described.speaker or about.speaker)[:160],
        author=_line(described.author or about.author)[:200],
        publisher=_line(described.publisher or about.publisher)[:160],
        published=described.published or about.published,
        language=(described.language or language_of(extracted.text) or "en")[:12],
        url=described.url,
        interview_place=described.interview_place[:160],
        interviewer=described.interviewer[:160],
        is_confidential=described.is_confidential,
        text=extracted.text,
        places=_places(extracted),
        remarks="\n".join(extracted.remarks),
    )


def _line(text: str) -> str:
    """One line without control characters: documents say all sorts of things of themselves."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _places(extracted: ExtractedText) -> list[list[object]]:
    return [[place.start, place.label] for place in extracted.places]


def _keep(source: Source, original: bytes, *, name: str, media_type: str) -> Source:
    """Saves the source and its original. Raises AlreadyArchived: for an open source, only by an open one."""
    known = Source.objects.open().filter(sha256=archive.sha256_of(original)).first()
    if known and not source.is_confidential:
        raise AlreadyArchived(known)
    with transaction.atomic():
        source.take_original(original, name=name, media_type=media_type)
        source.save()
    return source


def _refuse_known_page(source: Source) -> None:
    """A page differs from capture to capture by its time alone; the body tells whether it is the same."""
    known = Source.objects.open().filter(page_sha256=source.page_sha256, url=source.url).first()
    if known and not source.is_confidential:
        raise AlreadyArchived(known)
