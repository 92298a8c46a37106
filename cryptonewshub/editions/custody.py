"""Looking after the newsroom's log: how it stands, its audit, its witnesses, its copies elsewhere."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from cryptonewshub.editions import disk
from cryptonewshub.editions.auditing import Fault, Spare, audit
from cryptonewshub.editions.clock import Reading, keep_clock
from cryptonewshub.editions.copying import copy_newer
from cryptonewshub.editions.elsewhere import WITNESSES
from cryptonewshub.editions.entering import log_folder, origin_now
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.sequencing import open_log
from cryptonewshub.editions.witnessing import ask_all, read_witnesses
from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.key_list import KeyList
from cryptonewshub.tlog.leaves import Leaf, SignedManifest
from cryptonewshub.tlog.manifests import Kind, Scope

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LogStanding:
    """How the log stands, in sentences for the operator."""

    sentences: tuple[str, ...]
    is_well: bool


def standing() -> LogStanding:
    """How the log stands, from its files and the database; nothing is changed."""
    folder = log_folder()
    refusal = folder.refusal()
    waiting = LogEntry.objects.waiting().count()
    sentences = [refusal or "Nothing stands against signing.", _size_and_witnesses(), _waiting(waiting)]
    name = origin_now()
    if name and name != KeyList.parse(folder.store.read().keys).origin:
        sentences.append(f"The site is now at {settings.CNH_BASE_URL}; a log keeps the name that it was founded with.")
    return LogStanding(tuple(sentences), is_well=not refusal and waiting == 0)


def audit_log() -> list[Fault]:
    """Audits and mends the log with what the database knows, then the proofs."""
    with disk.watched():
        faults = audit(log_folder(), Spare(_entry, _document, _is_withdrawn))
        if all(fault.is_mended for fault in faults):
            _mend_proofs()
    for fault in faults:
        logger.error("The log's file %s", fault)
    return faults


def recover_from(source: str) -> int:
    """Fetches what a longer copy of the log has. Returns how many entries came."""
    with disk.watched():
        return copy_newer(log_folder(), source)


def ask_witnesses() -> list[str]:
    """Asks the listed witnesses that have not signed yet; a sentence for each that did not."""
    folder = log_folder()
    witnesses = read_witnesses(folder.home / WITNESSES)
    return list(ask_all(folder, witnesses)) if witnesses and folder.store.exists else []


def confirm_clock() -> datetime:
    """From here on the clock is believed, as it is now."""
    now = timezone.now().astimezone(UTC)
    keep_clock(log_folder().state / "clock", Reading.now(now))
    return now


def _size_and_witnesses() -> str:
    folder = log_folder()
    if not folder.store.exists:
        return "There is no log here yet, or its lock store is missing."
    keys = KeyList.parse(folder.store.read().keys)
    witnesses = read_witnesses(folder.home / WITNESSES)
    served = folder.public_checkpoint()
    if served is None:
        return "No checkpoint is served; the next entry, or “cnh bake”, puts it back."
    signed = open_checkpoint(served, keys.origin, keys.log_keys(), [witness.key for witness in witnesses])
    by = f", cosigned by {len(signed.witnessed_by)} of {len(witnesses)} witnesses" if witnesses else ""
    return f"{keys.origin} has {signed.checkpoint.size} entries{by}."


def _waiting(count: int) -> str:
    if count == 0:
        return "Nothing waits to be entered."
    return f"{count} acts wait to be entered; “cnh bake” tries now, and says what stands against it."


def _entry(index: int) -> bytes | None:
    row = LogEntry.objects.filter(index=index).first()
    if row is None or row.manifest is None or row.at is None:
        return None
    return Leaf(SignedManifest.parse(bytes(row.manifest)), row.at.astimezone(UTC)).to_bytes()


def _document(path: str) -> bytes | None:
    """What a hash names, unless it was withdrawn."""
    folder, _, name = path.partition("/")
    if folder == "doc":
        for entry in LogEntry.objects.exclude(document=None):
            if f"doc/{_sha256(bytes(entry.document or b''))}" == path:
                return bytes(entry.document or b"")
        return None
    edition = Edition.objects.filter(sha256=name).first()
    return None if edition is None else bytes(edition.content)


def _is_withdrawn(path: str) -> bool:
    """Whether the document of an edition was withdrawn, and not restored since."""
    edition = Edition.objects.filter(sha256=path.rpartition("/")[2]).first()
    if edition is None:
        return False
    withdrawals = LogEntry.objects.filter(kind=Kind.WITHDRAW, scope=Scope.WHOLE, removed__edition=edition)
    return bool(edition.withdrawn_by_id) or withdrawals.exclude(removed_by__kind=Kind.RESTORE).exists()


def _mend_proofs() -> None:
    folder = log_folder()
    with open_log(folder, settings.CNH_HOME.keys) as log:
        log.write_proofs(log.missing_proofs())


def _sha256(data: bytes) -> str:
    return sha256(data).hexdigest()
