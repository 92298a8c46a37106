"""The fingerprint of what readers would get of an article: an approval is of a fingerprint, not of a row.

Two states of an article have one fingerprint exactly when they would be sealed alike but for the salt, the version and
the times that sealing sets itself.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

from cryptonewshub.articles.models import CHANGE_FIELDS, ArticlePage
from cryptonewshub.articles.reading import document_of, path_of


def fingerprint(page: ArticlePage) -> str:
    """SHA-256 in hex of everything that a reader would read of the article as it stands in memory.

    Its sources count by their originals' hashes, and the kind of change and its note count too: they are sealed.
    """
    said = {
        "article": str(page.article_id),
        "path": path_of(page),
        "document": asdict(replace(document_of(page), updated=None)),
        **{name: getattr(page, name) for name in CHANGE_FIELDS},
    }
    data = json.dumps(said, sort_keys=True, default=_written)
    return hashlib.sha256(data.encode("utf-8", "surrogatepass")).hexdigest()


def _written(value: object) -> str:
    """One instant is one text, in whatever zone it was read."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
