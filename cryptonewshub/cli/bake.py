"""`cnh bake [--all]`: bakes what is waiting, or the whole site again."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import open_newsroom
from cryptonewshub.cli.progress import Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="bake every page again from the editions")


def run(arguments: argparse.Namespace) -> int:
    home = open_newsroom()
    from cryptonewshub.delivery.baking import bake_all, bake_pending
    from cryptonewshub.editions.entering import sequence_pending

    sequence_pending()

    if arguments.all:
        with Step("Baking pages") as step:
            written = bake_all(step.at)
    else:
        written = bake_pending()
    print(f"{len(written)} files were written to {home.site}." if written else "Every page is up to date.")
    return 0
