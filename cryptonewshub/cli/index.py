"""`cnh index [--all]`: puts into the search index what is missing, or builds it again."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import open_newsroom
from cryptonewshub.cli.progress import Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="build the index again from the editions")


def run(arguments: argparse.Namespace) -> int:
    open_newsroom()
    from cryptonewshub.delivery.indexing import rebuild_index, update_index

    if arguments.all:
        with Step("Building the search index") as step:
            stories = rebuild_index(step.at)
        print(f"{stories} stories can be found.")
    else:
        entries = update_index()
        print(f"{entries} entries of the log were handled." if entries else "The search index is up to date.")
    return 0
