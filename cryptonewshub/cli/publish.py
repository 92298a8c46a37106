"""`cnh publish STORY [--clear RULE=REASON …]`: takes a story file in, and publishes it if the desk clears it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptonewshub.articles.stories import Story, StoryError, read_sources, read_story
from cryptonewshub.cli.newsroom import open_newsroom


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="a Markdown story")
    parser.add_argument(
        "--clear",
        metavar="RULE=REASON",
        action="append",
        default=[],
        type=_clearance,
        help="sign a rule's findings off: --clear 'translated=Translated by our staff from Norwegian.'",
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        story = read_story(Path(arguments.story))
        read_sources(story)
    except StoryError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    open_newsroom()
    return _publish(story, dict(arguments.clear))


def _clearance(value: str) -> tuple[str, str]:
    rule, equals, reason = value.partition("=")
    if not equals or not rule.strip() or not reason.strip():
        raise argparse.ArgumentTypeError(f"“{value}” is not RULE=REASON, such as translated='Translated by our staff.'")
    return rule.strip(), reason.strip()


def _publish(story: Story, clearances: dict[str, str]) -> int:
    from cryptonewshub.accuracy.clearing import clear
    from cryptonewshub.accuracy.gate import examine
    from cryptonewshub.articles.doors import PublishBlocked
    from cryptonewshub.articles.drafting import draft_article
    from cryptonewshub.editions.publishing import publish_edition

    revision = draft_article(story)
    for rule, reason in clearances.items():
        clear(revision, rule=rule, reason=reason)
    try:
        publication = publish_edition(revision)
    except PublishBlocked:
        from cryptonewshub.accuracy.terminal import Paper, proof

        report = examine(revision.as_object())
        print(proof(report, story.path, story.document.sources, Paper.of(sys.stdout)))
        print("Nothing was published. The story is in the editor as a draft.", file=sys.stderr)
        return 1
    edition = publication.edition
    if publication.is_new:
        print(f"Published {edition.path} as edition {edition.version}.")
    else:
        print(f"Nothing changed: {edition.path} is published as edition {edition.version}.")
    return 0
