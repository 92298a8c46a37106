"""`cnh check STORY…`: what the desk says of stories, for a sub-editor or, with --json, for a program.

Needs no newsroom, no database and no Django. Every story that can be read is reported, whatever is wrong with the
others.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptonewshub.articles.stories import StoryError, read_sources, read_story


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stories", metavar="STORY", nargs="+", help="a Markdown story or a text file")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, one line a story")


def run(arguments: argparse.Namespace) -> int:
    """0 when every story is cleared, 1 when the desk stops one, 2 when one cannot be used."""
    statuses = [
        _check(Path(name), is_first=index == 0, as_json=arguments.json) for index, name in enumerate(arguments.stories)
    ]
    return max(statuses)


def _check(path: Path, *, is_first: bool, as_json: bool) -> int:
    from cryptonewshub.accuracy.checking import check
    from cryptonewshub.accuracy.reporting import one_line, report_json

    try:
        story = read_story(path)
        sources = read_sources(story)
    except StoryError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    report = check(story.document, sources)
    if as_json:
        print(one_line(report_json(report, path)), flush=True)
    else:
        from cryptonewshub.accuracy.terminal import Paper, proof

        print("" if is_first else "\n", end="")
        print(proof(report, path, story.document.sources, Paper.of(sys.stdout)), flush=True)
    return 0 if report.cleared else 1
