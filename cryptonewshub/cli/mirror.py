"""`cnh mirror [--all]`: puts what changed into the store that readers or a CDN are served from."""

from __future__ import annotations

import argparse
import sys

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom
from cryptonewshub.cli.progress import Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all", action="store_true", help="put every file there again, and take away whatever else is there"
    )


def run(arguments: argparse.Namespace) -> int:
    """1 when something waits because the store did not take it."""
    open_newsroom()
    from cryptonewshub.delivery.mirror.mirroring import mirror_all, mirror_changes, store_of_settings
    from cryptonewshub.delivery.mirror.store import StoreError

    try:
        store = store_of_settings()
        if store is None:
            raise NewsroomError("there is no store; name one with CNH_STORE_URL (docs/how-to/on-an-object-store.md).")
        with Step("Updating the store") as step:
            mirrored = (mirror_all if arguments.all else mirror_changes)(store, step.at)
    except StoreError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 1
    if mirrored.put or mirrored.taken_away:
        print(f"{mirrored.put} files were put into the store, {mirrored.taken_away} taken away.")
    else:
        print("The store is up to date.")
    return 0
