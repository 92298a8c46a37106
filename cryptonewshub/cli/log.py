"""`cnh log [status|audit|recover|rebuild|cosign|confirm-clock|end]`: how the log stands, and what puts it right."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom

ACTS = {
    "status": "say how the log stands (the default)",
    "audit": "look at every file of the log, and mend what can be mended",
    "recover": "fetch the entries that a mirror has and this copy has not",
    "rebuild": "make articles and editions again from the log, in a database that lost them",
    "cosign": "ask the witnesses now",
    "confirm-clock": "say that the clock is right, after it was doubted",
    "end": "enter that the log ends here, and freeze it",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", nargs="?", choices=tuple(ACTS), default="status", help=_meanings())
    parser.add_argument("--from", dest="source", metavar="ADDRESS", help="recover: a copy of the log, or its folder")
    parser.add_argument("--next", metavar="NAME", help="end: the name of the log that goes on, such as news.org/log2")


def _meanings() -> str:
    return "; ".join(f"{act}: {meaning}" for act, meaning in ACTS.items())


def run(arguments: argparse.Namespace) -> int:
    open_newsroom()
    from cryptonewshub.editions.entering import STOPS

    acts: dict[str, Callable[[argparse.Namespace], int]] = {
        "status": _status,
        "audit": _audit,
        "recover": _recover,
        "rebuild": _rebuild,
        "cosign": _cosign,
        "confirm-clock": _confirm_clock,
        "end": _end,
    }
    try:
        return acts[arguments.act](arguments)
    except STOPS as stop:
        raise NewsroomError(str(stop)) from stop


def _status(arguments: argparse.Namespace) -> int:
    """0 when everything is in the log, 1 when something waits or stands against signing."""
    from cryptonewshub.editions.custody import standing

    found = standing()
    print("\n".join(found.sentences))
    return 0 if found.is_well else 1


def _audit(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.custody import audit_log

    faults = audit_log()
    for fault in faults:
        print(fault)
    unmended = [fault for fault in faults if not fault.is_mended]
    if not faults:
        print("Every file of the log is what was signed.")
    return 1 if unmended else 0


def _recover(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.custody import recover_from

    if not arguments.source:
        raise NewsroomError("say where the newer copy is, with --from ADDRESS; “cnh log status” names copies.")
    count = recover_from(arguments.source)
    print(f"{count} entries were fetched." if count else "That copy has nothing that is not here.")
    if count:
        print("If the database is as old as the log was, run “cnh log rebuild” now.")
    return 0


def _rebuild(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.rebuilding import rebuild

    print(f"{rebuild()} entries of the log were taken into the database.")
    return 0


def _cosign(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.custody import ask_witnesses

    problems = ask_witnesses()
    print("\n".join(problems) or "Every listed witness has signed the newest checkpoint.")
    return 1 if problems else 0


def _confirm_clock(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.custody import confirm_clock

    print(f"The clock is taken to be right: {confirm_clock():%d %B %Y %H:%M} UTC. What waits is entered next.")
    return 0


def _end(arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.rotation import end_log

    if not arguments.next:
        raise NewsroomError("say which log goes on, with --next NAME, such as news.example.org/log2.")
    print(f"The log ends with entry {end_log(arguments.next)}. Nothing more will be entered in it.")
    return 0
