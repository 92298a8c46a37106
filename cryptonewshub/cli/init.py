"""`cnh init [--demo] [--serve]`: makes a newsroom in CNH_HOME. Running it again only completes what is missing."""

from __future__ import annotations

import argparse
import sys

from cryptonewshub.cli.newsroom import NewsroomError, set_up_django
from cryptonewshub.cli.progress import Step
from cryptonewshub.cli.serve import add_port, serve
from cryptonewshub.config.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the fictional demo newsroom")
    parser.add_argument("--serve", action="store_true", help="go on to serve it, in the same process")
    add_port(parser)


def run(arguments: argparse.Namespace) -> int:
    from cryptonewshub.cli.serve import claim_port

    # A port in use is said before a minute of work, not after it.
    listening = claim_port(arguments.port, arguments.host) if arguments.serve else None
    home = Home.from_environment()
    make_newsroom(home, demo=arguments.demo)
    if listening is None:
        print(f"The newsroom in {home.path} is ready. Serve it with “cnh serve”.")
        return 0
    return serve(home, listening)


def make_newsroom(home: Home, *, demo: bool) -> None:
    """Directories, keys, database, front page, the first login; with `demo` its stories too."""
    is_new = not home.is_prepared
    if is_new:
        print(f"Making a newsroom in {home.path}", file=sys.stderr)
    home.prepare()
    with Step("Loading the software"):
        set_up_django()
    _make_room_for_tables(home)
    from cryptonewshub.cli.founding import found_newsroom, migrate
    from cryptonewshub.delivery.baking import bake_all, bake_pending, baking_waits
    from cryptonewshub.delivery.indexing import rebuild_index, update_index
    from cryptonewshub.editions.founding import found_newsroom_log
    from cryptonewshub.editions.recovery import LogRefusedError

    with baking_waits():  # once, when everything is there
        migrate()
        found_newsroom(home)
        try:
            found_newsroom_log()
        except LogRefusedError as refused:
            raise NewsroomError(str(refused)) from refused
        if demo:
            from cryptonewshub.cli.demo import load_demo

            load_demo(home)

    if not (home.site / "index.html").exists():
        with Step("Baking pages") as step:
            bake_all(step.at)
        with Step("Building the search index") as step:
            rebuild_index(step.at)
    else:
        bake_pending()
        update_index()


def _make_room_for_tables(home: Home) -> None:
    """A database file is made here and nowhere else: a missing one is missed. A PostgreSQL has its own."""
    from django.db import connection

    if connection.vendor == "sqlite":
        home.database.touch(mode=0o600)
