"""Watching a newsroom: what an outsider runs from cron, over a site or a copy of its directory.

The log may only grow since the last time; every new entry is read strictly, signed, and follows the entry before of its
article; what entries commit to is there, or its removal is in the log; and every page of a story says what the newest
edition says. Whatever is otherwise is told in a sentence, a rewritten history first of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptonewshub.verifier.canonical import read_canonical
from cryptonewshub.verifier.crawl import Crawl
from cryptonewshub.verifier.history import RewrittenError, read_on
from cryptonewshub.verifier.log import Key, open_checkpoint
from cryptonewshub.verifier.memory import Seen, as_keys
from cryptonewshub.verifier.places import Place, UnreachableError
from cryptonewshub.verifier.story import KEYS, Report, Unusable, read_keys

PATIENCE_WITH_PAGES = timedelta(minutes=10)
"""How long after an entry a page, a document or a notice may lag behind it."""
_CHECKPOINT = "/log/checkpoint"
_ROUNDS = 3


def monitor(
    place: Place,
    *,
    seen: Seen,
    key: str | None = None,
    witnesses: Sequence[str] = (),
    pages: int | None = None,
    now: datetime | None = None,
) -> Report:
    """Looks at everything once, and again where the newsroom published in the midst of it.

    `seen` becomes what this run saw, unless the log does not hold: then it stays. `pages` limits the look to so many
    addresses, the newest first. Raises Unusable when the log or a key cannot be had, ValueError for a bad key.
    """
    for _ in range(_ROUNDS):
        report = Report("the newsroom")
        if _look_at_log(place, key, as_keys(witnesses), seen, report):
            try:
                Crawl(place, seen, report, *_late_times(now or datetime.now(UTC))).look(pages)
            except UnreachableError as error:
                report.facts["unreachable"] = True
                report.add(None, f"The site stopped answering, so not everything was looked at. {error}")
        if report.verified or not _has_moved_on(place, seen, report):
            break
    return report


def _late_times(now: datetime) -> tuple[str, str]:
    """From when to when an entry may be whose pages lag behind it. Clocks differ; one far ahead excuses nothing."""
    first, last = (f"{now + way * PATIENCE_WITH_PAGES:%Y-%m-%dT%H:%M:%SZ}" for way in (-1, 1))
    return first, last


def _has_moved_on(place: Place, seen: Seen, report: Report) -> bool:
    """Whether the log grew while its pages were looked at: then what seemed wrong may only have been newer."""
    try:
        return report.facts.get("log_holds") is True and place.read(_CHECKPOINT).decode() != seen.note
    except (OSError, UnicodeDecodeError):
        return False


def _look_at_log(place: Place, given: str | None, witnesses: Sequence[Key], seen: Seen, report: Report) -> bool:
    """Whether the log is the one that was seen before, grown; what is wrong with single entries is told too."""
    trusted = _trusted(place, given, seen, report)
    try:
        data = place.read(_CHECKPOINT)
    except OSError as error:
        raise Unusable(f"The log’s checkpoint cannot be read: {error}") from None
    report.facts["log_holds"] = False
    try:
        checkpoint = open_checkpoint(data, trusted, witnesses)
        new = read_on(place, checkpoint, seen)
        seen.note = data.decode()
    except RewrittenError as error:
        report.facts |= {"checkpoint_seen": seen.note, "checkpoint_shown": data.decode()}
        report.add(False, f"{error}\n--- seen before:\n{seen.note}--- shown now:\n{data.decode()}---")
        return False
    except (OSError, ValueError) as error:
        report.add(False, f"The log does not hold: {error}")
        return False
    report.facts |= {"log_holds": True, "origin": seen.origin, "size": seen.size, "new": new}
    report.facts["witnesses"] = list(checkpoint.witnesses)
    report.add(True, f"The log {seen.origin} has {seen.size} entries, {new} of them new, and only grew.")
    _look_at_keys(place, data, trusted, seen, report)
    if witnesses:
        names = f": {', '.join(checkpoint.witnesses)}" if checkpoint.witnesses else ""
        count = f"{len(checkpoint.witnesses)} of {len(witnesses)} witnesses"
        report.add(True if names else None, f"The checkpoint is cosigned by {count}{names}.")
    for sentence in seen.faults:
        report.add(False, sentence)
    if seen.end:
        report.add(None, f"The log has ended; {seen.end} goes on from it. Watch that one.")
    return True


def _trusted(place: Place, given: str | None, seen: Seen, report: Report) -> tuple[Key, ...]:
    """The keys that sign checkpoints: those that held at the last run's end; at the first run the given one."""
    if given:
        Key.parse(given)
    if seen.log:
        if given and given.strip() not in seen.trusted:
            raise Unusable("The state file follows a log under another key than --key. Name another file with --state.")
        return as_keys(seen.log)
    if given:
        return (Key.parse(given),)
    keys = read_keys(place, None)
    names = ", ".join(f"{key.name}+{key.id.hex()}" for key in keys.of_log())
    report.add(None, f"The log’s key was taken from the site itself ({names}). Better: give it with --key.")
    return keys.of_log()


def _look_at_keys(place: Place, checkpoint: bytes, trusted: Sequence[Key], seen: Seen, report: Report) -> None:
    """The keys that the log's own documents name have signed it, and `keys.json` says the same."""
    seen.trusted = list(dict.fromkeys([*seen.trusted, *map(str, trusted), *seen.log]))
    try:
        open_checkpoint(checkpoint, as_keys(seen.log))
    except ValueError:
        report.add(False, "The checkpoint is not signed by a key that the log’s own documents name for it.")
    try:
        listed = read_canonical(place.read(KEYS), "list of keys")
        for kind, held in (("log", seen.log), ("desk", seen.desk)):
            if {item["vkey"] for item in listed[kind] if "to" not in item} != set(held):
                report.add(False, f"{KEYS} lists other keys ({kind}) than the documents that the log commits to.")
    except OSError as error:
        report.add(None, f"The list of keys is not at hand: {error}")
    except (ValueError, KeyError, TypeError) as error:
        report.add(False, f"The list of keys, {KEYS}, cannot be read: {error}")
