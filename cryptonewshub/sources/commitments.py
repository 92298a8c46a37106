"""What is published of a confidential source: a commitment, which tells nothing, and binds the desk to one document.

`commitment = SHA-256(salt ‖ SHA-256 of the original)`. The salt stays with the desk and is another for each story, so
that nobody can tell whether two stories stand on the same source. Plain Python.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID


def salt_for(secret: bytes, article: UUID) -> bytes:
    """The 32 bytes with which a source's commitment in one story is made, and can later be opened: HMAC-SHA-256."""
    return hmac.digest(secret, article.bytes, "sha256")


def commitment(salt: bytes, sha256: str) -> str:
    """The commitment in hex; `sha256` is of the captured original, in hex."""
    return hashlib.sha256(salt + bytes.fromhex(sha256)).hexdigest()
