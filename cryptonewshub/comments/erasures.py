"""The list of what readers had erased, beside the database: a backup that comes back is emptied of it again.

`CNH_HOME/erased.jsonl` has a line for each: a comment by its number and its time, or an address by a keyed hash, and
whether the words went too. It says nothing about anybody, and a line that is repeated changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from cryptonewshub.comments.models import Address, Comment

Line = dict[str, Any]


def note_comment(comment: Comment, *, words_too: bool) -> None:
    """To be called before it is emptied: an erasure that a crash interrupts is done at the next start."""
    _note({"comment": comment.pk, "made": comment.made.isoformat(), "words": words_too})


def note_address(address: Address, *, words_too: bool, now: datetime) -> None:
    """The address, and what is kept under it now. Who leaves it again later is not meant."""
    _note({"address": hash_of(address.email), "at": now.isoformat(), "words": words_too})


def noted() -> Iterator[Line]:
    """The list. A line that a crash cut off is passed over; who asked for it was not told that it is done."""
    if not _place().exists():
        return
    for line in _place().read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def hash_of(email: str) -> str:
    """What stands for an address on the list. Without the newsroom's key nobody can tell which one it is."""
    return salted_hmac("comments.erasures", email.lower(), algorithm="sha256").hexdigest()


def _note(line: Line) -> None:
    with _place().open("a", encoding="utf-8") as out:
        out.write("\n" + json.dumps(line, separators=(",", ":")))  # what a crash cut off spoils no other line
        out.flush()
        os.fsync(out.fileno())


def _place() -> Path:
    return Path(settings.CNH_HOME.path) / "erased.jsonl"
