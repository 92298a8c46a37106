"""Changing the log's keys, and ending a log that cannot go on. Every change is itself an entry, signed by the old key.

The key that signs entries is replaced at once. The key that signs checkpoints is replaced in two steps: for a time both
sign, so that readers who know only the old one learn of the new; then the old one is retired.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cryptonewshub.editions.entering import enter_end, enter_keys, log_folder, sequence_pending, waiting
from cryptonewshub.editions.keys import DESK_KEY, LOG_KEY, desk_name_of, new_key, read_keys, write_keys
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.tlog import strict_json
from cryptonewshub.tlog.checkpoints import Checkpoint
from cryptonewshub.tlog.key_list import KeyDocument, KeyList
from cryptonewshub.tlog.keys import VerifierKey, require_name
from cryptonewshub.tlog.manifests import Kind
from cryptonewshub.tlog.notes import Note

OVERLAP = timedelta(days=90)


def current_keys() -> KeyList:
    """The keys that the log has had, as its lock store holds them. Raises LogRefusedError where there is no log."""
    try:
        return KeyList.parse(log_folder().store.read().keys)
    except FileNotFoundError:
        raise LogRefusedError("There is no log here yet; “cnh init” makes one.") from None


def rotate_desk_key() -> VerifierKey:
    """A new key signs entries from the next one on. Returns its public half."""
    sequence_pending()
    keys, folder = current_keys(), settings.CNH_HOME.keys
    old = read_keys(folder, DESK_KEY)
    new = new_key(desk_name_of(keys.origin))
    # Both are on the disk before the log names the new one: whatever crashes, the key that holds is there.
    write_keys(folder / DESK_KEY, [new, *old])
    enter_and_require(KeyDocument(keys.origin, _held(keys, LOG_KEY), (new.verifier,)))
    write_keys(folder / DESK_KEY, [new])
    return new.verifier


def rotate_log_key() -> VerifierKey:
    """From the next checkpoint on a new key signs beside the old one. Raises LogRefusedError while two sign already."""
    keys, folder = current_keys(), settings.CNH_HOME.keys
    held = _held(keys, LOG_KEY)
    if len(held) > 1:
        raise LogRefusedError("Two keys sign the log already. Retire the older one first, with “cnh key retire”.")
    new = new_key(keys.origin)
    write_keys(folder / LOG_KEY, [*read_keys(folder, LOG_KEY), new])
    enter_and_require(KeyDocument(keys.origin, (*held, new.verifier), _held(keys, DESK_KEY)))
    return new.verifier


def retire_log_key(*, now: datetime | None = None, early: bool = False) -> VerifierKey:
    """The older of two keys signs no more. Raises LogRefusedError when there is one only, or before both have signed
    for 90 days, unless `early`.
    """
    keys, folder = current_keys(), settings.CNH_HOME.keys
    held = _held(keys, LOG_KEY)
    if len(held) < 2:
        raise LogRefusedError("One key signs the log. Begin with “cnh key rotate log”.")
    began = LogEntry.objects.logged().filter(kind=Kind.KEY).latest("index").made
    if not early and (now or timezone.now()) < began + OVERLAP:
        raise LogRefusedError(
            f"Both keys sign until {began + OVERLAP:%d %B %Y}, so that readers learn of the new one. If the old key "
            "was stolen, retire it now with --early."
        )
    enter_and_require(KeyDocument(keys.origin, held[1:], _held(keys, DESK_KEY)))
    retired = [key for key in read_keys(folder, LOG_KEY) if key.verifier in held[1:]]
    write_keys(folder / LOG_KEY, retired)
    return held[0]


def enter_and_require(document: KeyDocument) -> None:
    """Enters a document of keys, and is done when the log has it. Raises one of entering.STOPS."""
    with waiting():
        entry = enter_keys(document)
    sequence_pending()
    entry.refresh_from_db()
    if not entry.is_logged:
        raise LogRefusedError("The new keys wait to be entered in the log. “cnh log status” says why.")


def end_document(next_origin: str) -> bytes:
    """What an `end` entry commits to: where the log stood before it, and the name of the one that goes on."""
    locked = log_folder().store.read()
    checkpoint = Checkpoint.parse(Note.parse(locked.checkpoint).text)
    return strict_json.write(
        {
            "v": 1,
            "origin": checkpoint.origin,
            "size": checkpoint.size,
            "root": checkpoint.root.hex(),
            "next": next_origin,
        }
    )


def end_log(next_origin: str) -> int:
    """Enters that the log ends, and freezes it. Returns the index of its last entry."""
    require_name(next_origin)
    sequence_pending()
    with waiting():
        entry = enter_end(end_document(next_origin))
    sequence_pending()
    entry.refresh_from_db()
    if entry.index is None:
        raise LogRefusedError("The end waits to be entered in the log. “cnh log status” says why.")
    log_folder().refuse(f"The log has ended with entry {entry.index}; {next_origin} goes on from it.")
    return entry.index


def _held(keys: KeyList, name: str) -> tuple[VerifierKey, ...]:
    """The keys that hold after the newest entry."""
    listed = keys.log if name == LOG_KEY else keys.desk
    return tuple(item.key for item in listed if item.end is None)
