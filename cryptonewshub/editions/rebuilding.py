"""Making the database again from the log and its content documents: articles, editions, and their entries.

What the log has and the database does not know is taken in, entry by entry, so a killed run goes on where it stopped.
Stories come back as drafts in the editor, under the editions that readers have; sources have to be attached again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cryptonewshub.articles.document import Document
from cryptonewshub.articles.drafting import draft_document
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.content import Content
from cryptonewshub.editions.entering import log_folder
from cryptonewshub.editions.log_folder import LogFolder
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.sealing import keep_edition
from cryptonewshub.editions.sequencing import Entered, document_path, open_log
from cryptonewshub.people.models import Author
from cryptonewshub.tlog.manifests import Kind, Manifest


def rebuild() -> int:
    """Takes in what the database does not know, and returns how many entries that were.

    Raises LogRefusedError when the log may not be read, or an entry is of another history than the database.
    """
    folder, count = log_folder(), 0
    with open_log(folder, settings.CNH_HOME.keys) as log:
        for entry in log.entries(LogEntry.objects.next_index()):
            _take_in(folder, entry)
            count += 1
        if count:
            log.write_proofs(log.missing_proofs())
    return count


@transaction.atomic(durable=True)
def _take_in(folder: LogFolder, entry: Entered) -> None:
    manifest = entry.leaf.manifest
    signed = entry.leaf.signed.to_bytes()
    row = LogEntry.objects.filter(manifest_sha256=sha256(signed).hexdigest()).first() or LogEntry(
        kind=manifest.kind, made=manifest.made, basis=manifest.basis or "", scope=manifest.scope or ""
    )
    row.article, row.edition = _article_and_edition(folder, manifest)
    row.document = _document(folder, manifest) if manifest.doc else None
    row.manifest, row.manifest_sha256 = signed, sha256(signed).hexdigest()
    row.index, row.at, row.leaf_hash = entry.index, entry.leaf.at.astimezone(UTC), entry.hash.hex()
    row.save()
    row.removed.set(LogEntry.objects.filter(index__in=manifest.of or ()))
    if row.article_id:
        Edition.objects.note_shown([row.article_id])


def _article_and_edition(folder: LogFolder, manifest: Manifest) -> tuple[ArticlePage | None, Edition | None]:
    article = ArticlePage.objects.filter(article_id=manifest.article).first() if manifest.article else None
    data = _document(folder, manifest) if manifest.content else None
    if manifest.kind is not Kind.VERSION or data is None:
        return article, None
    content = Content.from_bytes(data)
    article = _draft(content, article)
    known = Edition.objects.filter(article=article, version=content.version).first()
    if known is not None and known.sha256 != data_name(data):
        raise LogRefusedError(
            f"The database has another edition {content.version} of {content.path} than the log has: it is of another "
            "history. Begin with an empty database."
        )
    return article, known or keep_edition(article, content)


def _draft(content: Content, article: ArticlePage | None) -> ArticlePage:
    pictures: Path = settings.CNH_HOME.media / "published"
    document = _readable(content.document, pictures)
    for byline in document.bylines:
        if byline.slug:
            Author.objects.get_or_create(slug=byline.slug, defaults={"name": byline.name, "role": byline.role})
    page = article or ArticlePage(article_id=content.article, slug=document.slug, live=False)
    return draft_document(page, document, pictures=pictures)


def _readable(document: Document, pictures: Path) -> Document:
    """What the editor can hold: related stories may come later, and pictures may be gone."""
    document = replace(document, related=())
    if all((pictures / image.file).exists() for image in document.images):
        return document
    return replace(document, images=(), body=tuple(block for block in document.body if block.image is None))


def _document(folder: LogFolder, manifest: Manifest) -> bytes | None:
    """The document, if it is there and is the one that the entry commits to."""
    path = document_path(manifest)
    if path is None or not folder.has(path):
        return None
    data = folder.read(path)
    return data if data_name(data) == path.rpartition("/")[2] else None


def data_name(data: bytes) -> str:
    """The SHA-256, in hex, under which a document is kept."""
    return sha256(data).hexdigest()
