"""`cnh publish STORY [--clear RULE=REASON …]`: takes a story file in, and publishes it if the desk clears it.

Whoever runs it owns the newsroom's directory, so it asks for no rights; with `--as` it does, and keeps the name.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptonewshub.articles.stories import Story, StoryError, read_sources, read_story
from cryptonewshub.cli.newsroom import open_newsroom

if TYPE_CHECKING:
    from cryptonewshub.editions.models import Edition


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
    parser.add_argument("--translator", metavar="NAME", help="the author who translated what is cleared as translated")
    parser.add_argument("--as", dest="account", metavar="USERNAME", help="act with the rights of this account")


def run(arguments: argparse.Namespace) -> int:
    try:
        story = read_story(Path(arguments.story))
        read_sources(story)
    except StoryError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    open_newsroom()
    try:
        user, translator = _account(arguments.account), _translator(arguments.translator)
    except LookupError as error:
        print(f"cnh: {error.args[0]}", file=sys.stderr)
        return 2
    return _publish(story, dict(arguments.clear), user, translator)


def _clearance(value: str) -> tuple[str, str]:
    rule, equals, reason = value.partition("=")
    if not equals or not rule.strip() or not reason.strip():
        raise argparse.ArgumentTypeError(f"“{value}” is not RULE=REASON, such as translated='Translated by our staff.'")
    return rule.strip(), reason.strip()


def _account(username: str | None) -> Any:
    from django.contrib.auth import get_user_model

    found = get_user_model().objects.filter(username=username, is_active=True).first() if username else None
    if username and found is None:
        raise LookupError(f"nobody signs in as “{username}”; name an account of the newsroom with --as.")
    return found


def _translator(name: str | None) -> Any:
    from cryptonewshub.people.models import Author

    found = Author.objects.filter(name__iexact=name).first() if name else None
    if name and found is None:
        raise LookupError(f"no author is called “{name}”; add the translator to the authors first.")
    return found


def _publish(story: Story, clearances: dict[str, str], user: Any, translator: Any) -> int:
    from django.core.exceptions import ValidationError

    from cryptonewshub.accuracy.clearing import ClearanceRefused, clear
    from cryptonewshub.accuracy.gate import examine
    from cryptonewshub.articles.doors import PublishBlocked
    from cryptonewshub.articles.drafting import draft_article
    from cryptonewshub.editions.publishing import publish_edition
    from cryptonewshub.sources.extracted import ExtractionError

    try:
        revision = draft_article(story, user=user)
    except (StoryError, ExtractionError) as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    except ValidationError as error:
        print(f"cnh: {story.path}: {' '.join(error.messages)}", file=sys.stderr)
        return 2
    try:
        for rule, reason in clearances.items():
            clear(revision, rule=rule, reason=reason, user=user, translator=translator)
        publication = publish_edition(revision, user=user)
    except ClearanceRefused as refused:
        print(f"{refused}\nNothing was published. The story is in the editor as a draft.", file=sys.stderr)
        return 1
    except PublishBlocked as blocked:
        from cryptonewshub.accuracy.terminal import Paper, proof

        report = examine(revision.as_object())
        if report.cleared:
            print(blocked)
        else:
            print(proof(report, story.path, story.document.sources, Paper.of(sys.stdout)))
        print("Nothing was published. The story is in the editor as a draft.", file=sys.stderr)
        return 1
    edition = publication.edition
    if not _is_in_the_log(edition):
        print(
            f"Edition {edition.version} of {edition.path} is sealed, and waits to be entered in the log; readers get "
            "it then. The reason is above. “cnh bake” tries again.",
            file=sys.stderr,
        )
        return 1
    if publication.is_new:
        print(f"Published {edition.path} as edition {edition.version}.")
    else:
        print(f"Nothing changed: {edition.path} is published as edition {edition.version}.")
    return 0


def _is_in_the_log(edition: Edition) -> bool:
    """What an earlier run has left waiting is tried once more."""
    from cryptonewshub.editions.entering import sequence_and_tell

    if not edition.entry.is_logged:
        sequence_and_tell()
    return edition.entry.is_logged
