"""`cnh seed --stories N`: fills a newsroom with an invented archive, to see and measure how it works at that size."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import NewsroomError
from cryptonewshub.cli.progress import Step


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--stories", type=_count, required=True, metavar="N", help="how many, up to 1,000,000")
    parser.add_argument(
        "--beside-own-stories", action="store_true", help="also in a newsroom that has stories of its own"
    )


def run(arguments: argparse.Namespace) -> int:
    from cryptonewshub.cli.newsroom import open_newsroom

    open_newsroom()
    from cryptonewshub.seeding.planting import SeedRefused, seed

    try:
        with Step("Planting stories") as step:
            planted = seed(arguments.stories, beside_own=arguments.beside_own_stories, progress=step.at)
    except SeedRefused as refused:
        raise NewsroomError(str(refused)) from refused
    if planted:
        print(f"{planted:,} stories were planted. “cnh bake --all” makes their pages, “cnh index --all” finds them.")
    else:
        print("All of the stories are there already.")
    return 0


def _count(value: str) -> int:
    plain = value.replace(",", "").replace("_", "")
    if not plain.isascii() or not plain.isdigit() or not 0 < int(plain[:8]) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"“{value}” is not a number of stories; it is one from 1 to 1,000,000")
    return int(plain)
