"""`cnh move`: brings the newsroom's tables out of its file and into the PostgreSQL that CNH_DATABASE_URL names."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom
from cryptonewshub.cli.progress import Step
from cryptonewshub.cli.readers_process import are_editors_served
from cryptonewshub.config.database import VARIABLE
from cryptonewshub.config.home import Home
from cryptonewshub.editions.crash_points import crash_point


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    """All tables or none; the file stays as it is."""
    home = open_newsroom()
    _require_a_way(home)
    from cryptonewshub.cli.founding import migrate
    from cryptonewshub.config.moving import MoveError, all_or_nothing, is_taken, make_the_rest, move_tables, open_file

    try:
        open_file(home.database)
        if is_taken():
            raise MoveError("there is a newsroom in that PostgreSQL already; name an empty database.")
        migrate()
        with all_or_nothing():
            with Step("Moving the rows") as step:
                moved = move_tables(step.at)
            with Step("Making the rest anew"):
                make_the_rest()
            crash_point("M1", home.path)
    except MoveError as error:
        raise NewsroomError(str(error)) from error
    print(f"{sum(moved.values()):,} rows of {len(moved)} tables are in PostgreSQL now.")
    print(f"Set {VARIABLE} for every “cnh” from now on.")
    print(f"Nothing reads {home.database} any more. Delete it in time: no withdrawal reaches what it says.")
    return 0


def _require_a_way(home: Home) -> None:
    """Raises NewsroomError unless there is something to move, somewhere to move it, and nobody at work."""
    from django.db import connection

    if connection.vendor != "postgresql":
        raise NewsroomError(f"{VARIABLE} names no PostgreSQL to move to: docs/how-to/on-postgresql.md.")
    if not home.database.exists():
        raise NewsroomError(f"there is no {home.database}: nothing is left to move.")
    if are_editors_served(home):
        raise NewsroomError("the newsroom is being served; stop “cnh serve”, and run the same command again.")
