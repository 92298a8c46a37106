"""`cnh bake [--all|--damaged]`: enters and bakes what is waiting, or the whole site, or what was changed on disk."""

from __future__ import annotations

import argparse
import os
import sys

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom
from cryptonewshub.cli.progress import Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="bake every page again from the editions")
    parser.add_argument(
        "--processes",
        type=_count,
        default=0,
        metavar="N",
        help="with --all: how many bake; as many as the machine can run",
    )
    parser.add_argument(
        "--damaged", action="store_true", help="bake again what is not as it was baked, and nothing else"
    )


def run(arguments: argparse.Namespace) -> int:
    """1 when something still waits to be entered in the log; what the log has is baked all the same."""
    if arguments.processes and not arguments.all:
        raise NewsroomError("--processes is for “cnh bake --all”; say both, or neither.")
    home = open_newsroom()
    from cryptonewshub.delivery.baking import bake_all, bake_pending

    if arguments.damaged:
        return _mend()
    is_entered = _enter_what_waits()
    if arguments.all:
        os.nice(10)  # readers, and editors who publish, come first
        with Step("Baking pages") as step:
            written = bake_all(step.at, processes=arguments.processes)
    else:
        written = bake_pending()
    print(f"{len(written)} files were written to {home.site}." if written else "Every page is up to date.")
    return 0 if is_entered else 1


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value[:4]) <= 64:
        raise argparse.ArgumentTypeError(f"“{value}” is not a number of processes; it is one from 1 to 64")
    return int(value)


def _mend() -> int:
    from cryptonewshub.delivery.baking import mend_damaged

    damaged = mend_damaged()
    print("\n".join(f"Baked again: {address}" for address in damaged) or "Every page is as it was baked.")
    return 0


def _enter_what_waits() -> bool:
    from cryptonewshub.editions.entering import STOPS, sequence_pending

    try:
        sequence_pending()
    except STOPS as stop:
        print(f"cnh: nothing more was entered in the log: {stop}", file=sys.stderr)
        return False
    return True
