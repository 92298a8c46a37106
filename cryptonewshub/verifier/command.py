"""On the command line: `verify` for one page, `monitor` for a newsroom. 0 it holds, 1 it does not, 2 unusable input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from cryptonewshub.verifier.places import GoneError, Newsroom, Place, Saved, is_newsroom, site_of
from cryptonewshub.verifier.story import Report, Unusable, verify_page

_SIGNS = {True: "✓", False: "✗", None: "–"}


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "page", metavar="URL|FILE|DIR", help="a page's address, a saved page, or a folder of saved files"
    )
    parser.add_argument("--key", metavar="VKEY", help="the log's verifier key, as you have it from elsewhere")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run_verify(arguments: argparse.Namespace) -> int:
    """Verifies one page, or every page of a newsroom's directory."""
    try:
        reports = [
            verify_page(place, address, page, key=arguments.key) for place, address, page in pages_of(arguments.page)
        ]
    except (OSError, ValueError) as error:
        print(f"verify: {error}", file=sys.stderr)
        return 2
    for report in reports:
        print(json.dumps(as_json(report), ensure_ascii=False) if arguments.json else told(report), flush=True)
    return 0 if all(report.verified for report in reports) else 1


def pages_of(name: str) -> list[tuple[Place, str, bytes]]:
    """The pages that a URL, a file or a folder means, each with where its documents are. Raises OSError, ValueError."""
    if "://" in name:
        site, address = site_of(name)
        try:
            return [(site, address, site.read(address))]
        except GoneError:
            raise Unusable(f"{name} was withdrawn. “monitor” looks whether its removal is in the log.") from None
    path = Path(name)
    if path.is_dir() and is_newsroom(path):
        raise Unusable(f"{name} is a whole newsroom. Verify one of its pages, or watch it with “monitor”.")
    files = sorted(path.glob("*.htm*")) if path.is_dir() else [path]
    if not files:
        raise Unusable(f"There is no saved page (.html) in {name}.")
    return [(_place_of(file), str(file), file.read_bytes()) for file in files]


def _place_of(file: Path) -> Place:
    """A page inside a newsroom's directory finds its documents there, any other one beside itself."""
    newsroom = next((folder for folder in file.resolve().parents if is_newsroom(folder)), None)
    return Newsroom(newsroom) if newsroom else Saved(file.parent)


def told(report: Report) -> str:
    """The report for a reader."""
    end = "Verified." if report.verified else "Not verified."
    return "\n".join([report.page, *(f"  {_SIGNS[step.holds]} {step.text}" for step in report.steps), end])


def as_json(report: Report) -> dict[str, object]:
    steps = [{"holds": step.holds, "text": step.text} for step in report.steps]
    return {"page": report.page, "verified": report.verified, **report.facts, "steps": steps}


def main(words: Sequence[str] | None = None) -> int:
    """The one file's own command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Checks a newsroom's pages against its public log.")
    commands = parser.add_subparsers(dest="word", required=True)
    add_verify_arguments(commands.add_parser("verify", help="check one page"))
    arguments = parser.parse_args(words)
    return run_verify(arguments)
