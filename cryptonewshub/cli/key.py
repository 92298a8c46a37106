"""`cnh key [rotate log|desk] [retire]`: the log's verifier key, and how its keys are changed."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import NewsroomError, open_newsroom
from cryptonewshub.config.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act",
        nargs="?",
        choices=("show", "rotate", "retire"),
        default="show",
        help="show the keys (the default), rotate one, or retire the older of two",
    )
    parser.add_argument("which", nargs="?", choices=("log", "desk"), default="log", help="the log's key, or the desk's")
    parser.add_argument("--early", action="store_true", help="retire before both keys have signed for 90 days")


def run(arguments: argparse.Namespace) -> int:
    if arguments.act == "show":
        return _show(arguments.which)
    if arguments.act == "retire" and arguments.which == "desk":
        raise NewsroomError(
            "the desk has one key at a time: “cnh key rotate desk” puts a new one in its place. Nothing was changed."
        )
    open_newsroom()
    from cryptonewshub.editions.entering import STOPS

    try:
        return _rotate(arguments.which) if arguments.act == "rotate" else _retire(early=arguments.early)
    except STOPS as stop:
        raise NewsroomError(str(stop)) from stop


def _show(which: str) -> int:
    """The keys that sign now, one a line: needs no database."""
    from cryptonewshub.tlog.key_list import KeyList

    home = Home.from_environment()
    try:
        keys = KeyList.parse((home.log / "keys.json").read_bytes())
    except FileNotFoundError:
        raise NewsroomError(f"there is no log in {home.log} yet; make one with “cnh init”.") from None
    except ValueError as error:
        raise NewsroomError(f"{home.log / 'keys.json'} cannot be read: {error}") from None
    for listed in keys.log if which == "log" else keys.desk:
        if listed.end is None:
            print(listed.key)
    return 0


def _rotate(which: str) -> int:
    from cryptonewshub.editions.rotation import rotate_desk_key, rotate_log_key

    if which == "desk":
        print(rotate_desk_key())
        print("The new key signs entries from the next one on.")
    else:
        print(rotate_log_key())
        print("Both keys sign the log from now on. In 90 days, retire the older one with “cnh key retire”.")
    return 0


def _retire(*, early: bool) -> int:
    from cryptonewshub.editions.rotation import retire_log_key

    print(f"Retired: {retire_log_key(early=early)}")
    return 0
