"""Entering acts in the log: signed in the transaction of the act, given a place in the log after its commit.

An act is never lost and never entered twice. When the log cannot be written, acts wait, in their order, and what
readers see stays as it was: a page shows an edition only once the edition is in the public log.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions import disk
from cryptonewshub.editions.clock import ClockDoubtedError
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.elsewhere import require_newest
from cryptonewshub.editions.keys import DESK_KEY, KeyMissingError, origin_of, read_keys
from cryptonewshub.editions.lock_store import LostRaceError
from cryptonewshub.editions.log_folder import LogBusyError, LogFolder
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.sequencing import LARGEST_BATCH, Entered, OpenLog, Submission, open_log
from cryptonewshub.tlog.key_list import KeyDocument
from cryptonewshub.tlog.keys import VerifierKey
from cryptonewshub.tlog.leaves import SignedManifest, sign_manifest
from cryptonewshub.tlog.manifests import Basis, Change, Kind, Manifest, Scope

logger = logging.getLogger(__name__)

entered = Signal()
"""Sent after every run of the sequencer, outside of any transaction, with `entries`: what this run entered."""

STOPS = (ClockDoubtedError, KeyMissingError, LogBusyError, LogRefusedError, LostRaceError, OSError, ValueError)
"""What can keep acts waiting. Each says in a sentence what to do."""

_is_held: ContextVar[bool] = ContextVar("the log is held", default=False)


def log_folder() -> LogFolder:
    """The newsroom's log."""
    return LogFolder(settings.CNH_HOME.log)


def origin_now() -> str:
    """The name that a log founded now would have; empty when CNH_BASE_URL gives none."""
    try:
        return origin_of(settings.CNH_BASE_URL)
    except ValueError:
        return ""


def enter_version(edition: Edition) -> LogEntry:
    """A new version of an article. Call it in the transaction that seals the edition."""
    return _enter(LogEntry(kind=Kind.VERSION, article=edition.article, edition=edition, made=edition.made))


def enter_versions(editions: Sequence[Edition]) -> None:
    """Many new versions at once, for imports: signed here, and entered by whoever runs the sequencer next.

    Call it in the transaction that keeps the editions. Raises ValueError for an article that has another act waiting,
    and KeyMissingError where there is no key to sign with.
    """
    articles = ArticlePage.objects.only("article_id").in_bulk({edition.article_id for edition in editions})
    acts = LogEntry.objects.filter(article__in=articles).order_by("pk")
    before = {entry.article_id: entry for entry in acts}
    if len(articles) < len(editions) or any(not entry.is_logged for entry in before.values()):
        raise ValueError("An article's next version is signed when the one before it has its place in the log.")
    key = read_keys(settings.CNH_HOME.keys, DESK_KEY)[-1]
    entries = [
        LogEntry(
            kind=Kind.VERSION,
            article=articles[edition.article_id],
            edition=edition,
            made=_whole_second(edition.made),
        )
        for edition in editions
    ]
    for entry in entries:
        entry.sign(sign_manifest(_manifest(entry, before.get(entry.article_id), ()), key).to_bytes())
    LogEntry.objects.bulk_create(entries, batch_size=500)


def enter_move(article: ArticlePage) -> LogEntry:
    """The article has another address from its next version on."""
    return _enter(LogEntry(kind=Kind.MOVE, article=article))


def enter_withdrawal(
    article: ArticlePage, *, of: Iterable[Edition], basis: Basis, scope: Scope = Scope.WHOLE
) -> LogEntry:
    """These editions of the article are withdrawn, or, with the scope `fields`, a part of what they say.

    Raises ValueError when `of` is empty or has an edition of another article.
    """
    removed = _entries_of(article, of)
    return _enter(LogEntry(kind=Kind.WITHDRAW, article=article, basis=basis, scope=scope), removed)


def enter_restoration(
    article: ArticlePage, *, edition: Edition, of: Iterable[LogEntry], basis: Basis, scope: Scope = Scope.WHOLE
) -> LogEntry:
    """The edition is public again; `of` are the withdrawals that this undoes. Raises ValueError for none."""
    undone = list(of)
    if not undone or any(entry.kind != Kind.WITHDRAW or entry.article_id != article.pk for entry in undone):
        raise ValueError("A restoration names the withdrawals of the same article that it undoes.")
    entry = LogEntry(kind=Kind.RESTORE, article=article, edition=edition, basis=basis, scope=scope)
    return _enter(entry, undone)


def enter_policy(document: bytes) -> LogEntry:
    """The house policy is this public JSON document from now on."""
    return _enter(LogEntry(kind=Kind.POLICY, document=document))


def enter_genesis(document: KeyDocument) -> LogEntry:
    """The first entry of a log: its keys."""
    return _enter(LogEntry(kind=Kind.GENESIS, document=document.to_bytes()))


def enter_keys(document: KeyDocument) -> LogEntry:
    """From the next entry on these keys hold."""
    return _enter(LogEntry(kind=Kind.KEY, document=document.to_bytes()))


def enter_end(document: bytes) -> LogEntry:
    """The log ends here; the public JSON document says where it goes on."""
    return _enter(LogEntry(kind=Kind.END, document=document))


def sequence_pending(*, wait: float = 10.0) -> list[LogEntry]:
    """Enters what waits in the log, and returns what this run entered. Running it again enters nothing twice.

    Call it outside of transactions. Raises one of STOPS when the log cannot be written; then everything still waits, or
    is in the log already and is found there by the next run.
    """
    if not LogEntry.objects.waiting().exists():
        return []
    disk.require_trusted()
    require_newest(log_folder())
    with disk.watched(), open_log(log_folder(), settings.CNH_HOME.keys, wait=wait) as log:
        return _sequence(log)


def _sequence(log: OpenLog) -> list[LogEntry]:
    done: list[LogEntry] = []
    _recognise(log)
    if LogEntry.objects.waiting().exists():
        log.require_believable_clock(_now())
    # An article's second act is signed when its first one has its place: so there can be several rounds.
    while batch := _signed_batch(log.keys.desk_keys(log.size)):
        for entries in log.append((_submission(entry) for entry in batch), now=_now()):
            log.write_proofs(entry.index for entry in entries)
            crash_point("P8", settings.CNH_HOME.path)
            done += _mark(entries)
    return done


def _now() -> datetime:
    return timezone.now().astimezone(UTC)


def sequence_and_tell() -> list[LogEntry]:
    """Enters what waits, and tells whoever bakes. A log that cannot be written is reported, and loses nothing."""
    entries: list[LogEntry] = []
    try:
        entries = sequence_pending()
    except STOPS as stop:
        logger.error("Waiting to be entered in the log: %d acts. %s", LogEntry.objects.waiting().count(), stop)
    crash_point("P9", settings.CNH_HOME.path)
    entered.send(sender=LogEntry, entries=entries)
    return entries


@contextmanager
def one_batch() -> Iterator[None]:
    """Inside, acts only wait; at the end they are entered together. For imports: one checkpoint, not thousands."""
    try:
        with waiting():
            yield
    finally:
        if not _is_held.get():
            sequence_and_tell()


@contextmanager
def waiting() -> Iterator[None]:
    """Inside, acts wait for whoever enters them next."""
    token = _is_held.set(True)
    try:
        yield
    finally:
        _is_held.reset(token)


def _enter(entry: LogEntry, removed: Sequence[LogEntry] = ()) -> LogEntry:
    entry.made = _whole_second(entry.made)
    entry.save()
    if removed:
        entry.removed.set(removed)
    _sign_if_its_turn(entry)
    transaction.on_commit(_after_commit, robust=True)
    return entry


def _whole_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _after_commit() -> None:
    if not _is_held.get() and LogEntry.objects.waiting().exists():
        crash_point("P0", settings.CNH_HOME.path)
        sequence_and_tell()


def _entries_of(article: ArticlePage, editions: Iterable[Edition]) -> list[LogEntry]:
    wanted = list(editions)
    if not wanted or any(edition.article_id != article.pk for edition in wanted):
        raise ValueError("A withdrawal names one or more editions of the article that it is about.")
    return [edition.entry for edition in wanted]


def _sign_if_its_turn(entry: LogEntry, keys: Sequence[VerifierKey] = ()) -> bool:
    """Signs the manifest if everything that it names has its place in the log, with a key that holds there now."""
    before = entry.predecessor if entry.article_id else None
    removed = list(entry.removed.all())
    if (before and not before.is_logged) or any(other.index is None for other in removed):
        return False
    try:
        here = read_keys(settings.CNH_HOME.keys, DESK_KEY)
        key = next((key for key in here if key.verifier in keys), here[-1])
    except KeyMissingError as missing:
        logger.error("An act waits for its signature. %s", missing)
        return False
    entry.sign(sign_manifest(_manifest(entry, before, removed), key).to_bytes())
    entry.save(update_fields=["manifest", "manifest_sha256"])
    return True


def _manifest(entry: LogEntry, before: LogEntry | None, removed: Sequence[LogEntry]) -> Manifest:
    is_version = entry.kind == Kind.VERSION
    edition = entry.edition
    return Manifest(
        kind=Kind(entry.kind),
        made=entry.made.astimezone(UTC),
        article=entry.article.article_id if entry.article else None,
        version=edition.version if is_version and edition else None,
        prev=bytes.fromhex(before.leaf_hash) if before else None,
        change=Change(edition.change) if is_version and edition else None,
        content=bytes.fromhex(edition.sha256) if edition else None,
        of=tuple(sorted(other.index for other in removed if other.index is not None)) or None,
        basis=Basis(entry.basis) if entry.basis else None,
        scope=Scope(entry.scope) if entry.scope else None,
        doc=sha256(bytes(entry.document)).digest() if entry.document else None,
    )


def _signed_batch(keys: Sequence[VerifierKey]) -> list[LogEntry]:
    """What can be entered now, in the order in which it happened, up to an act that changes the keys.

    What an earlier key has signed, and did not come into the log before the key was replaced, is signed again.
    """
    batch: list[LogEntry] = []
    for entry in LogEntry.objects.waiting().select_related("edition", "article")[:LARGEST_BATCH]:
        if _is_signed_by(entry, keys) or _sign_if_its_turn(entry, keys):
            batch.append(entry)
        if entry.kind == Kind.KEY:
            break
    return batch


def _is_signed_by(entry: LogEntry, keys: Sequence[VerifierKey]) -> bool:
    if entry.manifest is None:
        return False
    return SignedManifest.parse(bytes(entry.manifest)).key_id in {key.id for key in keys}


def _submission(entry: LogEntry) -> Submission:
    assert entry.manifest is not None
    document = entry.edition.content if entry.edition else entry.document
    return Submission(SignedManifest.parse(bytes(entry.manifest)), None if document is None else bytes(document))


def _recognise(log: OpenLog) -> None:
    """Marks what is in the log and was not marked before a crash.

    Raises LogRefusedError when the log has entries that this database never knew: it is an old copy.
    """
    known = LogEntry.objects.next_index()
    if known > log.size:
        raise LogRefusedError(
            f"The database knows {known} entries and the log has {log.size}: the log is an old copy. Copy the "
            "newest one back."
        )
    entries = list(log.entries(known))
    # The crash may have come before their proofs.
    log.write_proofs(entry.index for entry in entries)
    if entries and len(_mark(entries)) != len(entries):
        raise LogRefusedError(
            f"The log has {log.size} entries, and the database does not know all of them: it is an old copy. Restore "
            "the newest one, or make it again from the log with “cnh log rebuild”."
        )


@transaction.atomic(durable=True)
def _mark(entries: Sequence[Entered]) -> list[LogEntry]:
    """Writes down where acts stand in the log. An act is known by its manifest, so marking twice changes nothing."""
    marks = {sha256(entry.leaf.signed.to_bytes()).hexdigest(): entry for entry in entries}
    rows: list[LogEntry] = []
    hashes = list(marks)
    for start in range(0, len(hashes), 500):
        rows += LogEntry.objects.filter(manifest_sha256__in=hashes[start : start + 500])
    for row in rows:
        mark = marks[str(row.manifest_sha256)]
        row.index, row.at, row.leaf_hash = mark.index, mark.leaf.at, mark.hash.hex()
    LogEntry.objects.bulk_update(rows, ["index", "at", "leaf_hash"], batch_size=500)
    Edition.objects.note_shown(row.article_id for row in rows if row.article_id and row.kind == Kind.VERSION)
    return sorted(rows, key=lambda row: row.index or 0)
