"""On the command line: `verify` for one page, `monitor` for a newsroom. 0 it holds, 1 it does not, 2 unusable input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from cryptonewshub.verifier.memory import Seen
from cryptonewshub.verifier.monitor import monitor
from cryptonewshub.verifier.places import GoneError, Newsroom, Place, Saved, is_newsroom, site_of
from cryptonewshub.verifier.story import Report, Unusable, verify_page

_SIGNS = {True: "✓", False: "✗", None: "–"}


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "page", metavar="URL|FILE|DIR", help="a page’s address, a saved page, or a folder of saved files"
    )
    parser.add_argument("--key", metavar="VKEY", help="the log’s verifier key, as you have it from elsewhere")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run_verify(arguments: argparse.Namespace) -> int:
    """Verifies one page, or every saved page of a folder."""
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


def add_monitor_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", metavar="URL|DIR", help="a newsroom’s site, or a copy of its directory")
    parser.add_argument("--state", type=Path, metavar="FILE", help="what the last run saw; without it nothing is kept")
    parser.add_argument("--key", metavar="VKEY", help="the log’s verifier key, as you have it from elsewhere")
    parser.add_argument(
        "--witness", metavar="VKEY", action="append", default=[], help="a witness’s key; may be repeated"
    )
    parser.add_argument("--pages", type=_count, metavar="N", help="look at the N newest pages only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of pages")
    return int(text)


def run_monitor(arguments: argparse.Namespace) -> int:
    """One round over a newsroom. What was seen is kept for the next, unless the log contradicts it."""
    try:
        seen = Seen.read(arguments.state)
        before = json.dumps(vars(seen))
        place, wanted = _newsroom_at(arguments.place), (arguments.witness, arguments.pages)
        report = monitor(place, seen=seen, key=arguments.key, witnesses=wanted[0], pages=wanted[1])
        report.page = arguments.place
        if arguments.state and json.dumps(vars(seen)) != before:
            seen.write(arguments.state)
    except (OSError, ValueError) as error:
        print(f"monitor: {error}", file=sys.stderr)
        return 2
    ends = {True: "All is well.", False: "SOMETHING IS WRONG."}
    if report.facts.get("unreachable") and report.verified:
        ends[True] = "Not everything could be looked at."
    print(json.dumps(as_json(report), ensure_ascii=False) if arguments.json else told(report, ends), flush=True)
    return 1 if not report.verified else 2 if report.facts.get("unreachable") else 0


def _newsroom_at(name: str) -> Place:
    """Raises Unusable where no newsroom is."""
    if "://" in name:
        return site_of(name)[0]
    if not is_newsroom(Path(name)):
        raise Unusable(f"{name} is no newsroom’s directory: it has no log/checkpoint, or no site/.")
    return Newsroom(Path(name))


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


def told(
    report: Report, ends: Mapping[bool, str] = MappingProxyType({True: "Verified.", False: "Not verified."})
) -> str:
    """The report for a reader; `ends` are its last words."""
    headline = report.facts.get("headline")
    page = f"{report.page}: “{headline}”" if headline else report.page
    steps = (f"  {_SIGNS[step.holds]} {step.text}" for step in report.steps)
    return "\n".join(map(_plain, [page, *steps, ends[report.verified]]))


def _plain(line: str) -> str:
    """What a page says may not write lines of its own, or move the terminal about."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\ufffd" for sign in line)


def as_json(report: Report) -> dict[str, object]:
    steps = [{"holds": step.holds, "text": step.text} for step in report.steps]
    return {"page": report.page, "verified": report.verified, **report.facts, "steps": steps}


def main(words: Sequence[str] | None = None) -> int:
    """The one file's own command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Checks a newsroom’s pages against its public log.")
    commands = parser.add_subparsers(dest="word", required=True)
    add_verify_arguments(commands.add_parser("verify", help="check one page"))
    add_monitor_arguments(commands.add_parser("monitor", help="watch a newsroom"))
    arguments = parser.parse_args(words)
    return run_monitor(arguments) if arguments.word == "monitor" else run_verify(arguments)
