"""`cnh withdraw ADDRESS --basis BASIS`: takes a published story, or earlier versions of it, from the public by order.

It says what will happen and asks before it does it. With `--restore FILE…` it brings versions back from copies of their
content documents.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cryptonewshub.cli.newsroom import open_newsroom
from cryptonewshub.tlog.manifests import Basis

if TYPE_CHECKING:
    from cryptonewshub.articles.models import ArticlePage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS", help="the story's address, such as /security/talks-resume/")
    parser.add_argument("--basis", required=True, choices=[basis.value for basis in Basis], help="why; it is public")
    parser.add_argument("--what", default="", help="what kind of content it was, for the public: 'a private address'")
    parser.add_argument("--versions", type=_versions, default=(), help="only these earlier versions: 1,2")
    parser.add_argument("--reference", default="", help="who ordered it, and the file's number; never published")
    parser.add_argument("--restore", metavar="FILE", nargs="+", default=[], help="bring versions back from copies")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was done, 1 when the answer to the question was no, 2 for an order that cannot be carried out."""
    open_newsroom()
    from cryptonewshub.editions.withdrawing import WithdrawalRefused

    try:
        story = _story_at(arguments.address)
        return _restore(story, arguments) if arguments.restore else _withdraw(story, arguments)
    except WithdrawalRefused as refused:
        print(f"cnh: {refused}", file=sys.stderr)
        return 2


def _versions(value: str) -> tuple[int, ...]:
    parts = value.split(",")
    if not all(part.isascii() and part.isdigit() and 0 < len(part) < 7 for part in parts):
        raise argparse.ArgumentTypeError(f"“{value}” is not a list of versions, such as 1,2")
    return tuple(int(part) for part in parts)


def _story_at(address: str) -> ArticlePage:
    from cryptonewshub.editions.models import Edition
    from cryptonewshub.editions.withdrawing import WithdrawalRefused

    path = f"/{address.partition('://')[2].partition('/')[2] if '://' in address else address.strip('/')}".rstrip("/")
    edition = Edition.objects.filter(path=f"{path}/").order_by("pk").last()
    if edition is None:
        raise WithdrawalRefused(f"No story has been published at {path}/.")
    return edition.article


def _withdraw(story: ArticlePage, arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.withdrawing import order_withdrawal, what_will_happen

    for sentence in what_will_happen(story, arguments.versions):
        print(sentence)
    if not arguments.yes and not _agrees():
        print("Nothing was withdrawn.")
        return 1
    withdrawal = order_withdrawal(
        story,
        basis=Basis(arguments.basis),
        what=arguments.what,
        versions=arguments.versions,
        reference=arguments.reference,
    )
    withdrawal.refresh_from_db()
    if withdrawal.carried_out is None:
        print("The order waits: the log could not be written, or a step failed. “cnh bake” goes on with it.")
        return 1
    print(f"Withdrawn. The log says so in entry {withdrawal.entry.index}.")
    return 0


def _restore(story: ArticlePage, arguments: argparse.Namespace) -> int:
    from cryptonewshub.editions.withdrawing import WithdrawalRefused, restore

    withdrawal = story.withdrawals.last()
    if withdrawal is None:
        raise WithdrawalRefused("Nothing of this story was withdrawn.")
    documents = [Path(file).read_bytes() for file in arguments.restore]
    editions = restore(withdrawal, documents, basis=Basis(arguments.basis))
    print(f"{len(editions)} version{' is' if len(editions) == 1 else 's are'} public again.")
    return 0


def _agrees() -> bool:
    try:
        return input("Withdraw? Type “withdraw” to go on: ").strip().strip("“”\"'") == "withdraw"
    except EOFError:
        return False
