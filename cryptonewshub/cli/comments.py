"""`cnh comments export FILE`, `cnh comments import FILE [--from SYSTEM]`, `cnh comments tidy`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptonewshub.cli.newsroom import open_newsroom

SYSTEMS = ("wordpress", "disqus", "isso", "isso-json", "cnh")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    out = acts.add_parser("export", help="write everything that readers wrote and moderators decided, as JSON")
    out.add_argument("file", metavar="FILE", help="where to; - is standard output")
    into = acts.add_parser("import", help="take comments in from WordPress, Disqus, Isso or another newsroom")
    into.add_argument("file", metavar="FILE", help="an export: WXR, Disqus XML, Isso’s database or JSON, or ours")
    into.add_argument(
        "--from", dest="system", choices=SYSTEMS, default="", help="what wrote it, where that is not clear"
    )
    acts.add_parser("tidy", help="send what waits, learn from decisions, and forget what is due, as the server does")


def run(arguments: argparse.Namespace) -> int:
    open_newsroom()
    if arguments.act == "export":
        return _export(arguments.file)
    if arguments.act == "import":
        return _import(Path(arguments.file), arguments.system)
    return _tidy()


def _export(name: str) -> int:
    from cryptonewshub.comments.exporting import export_lines

    if name == "-":
        for piece in export_lines():
            sys.stdout.write(piece)
        return 0
    draft = Path(f"{name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(export_lines())
    draft.rename(name)
    print(f"Everything about comments was written to {name}. It holds e-mail addresses: keep it as you keep those.")
    return 0


def _import(path: Path, system: str) -> int:
    from cryptonewshub.comments.importing.shape import UnreadableExportError
    from cryptonewshub.comments.importing.taking_in import import_file

    try:
        tally = import_file(path, system)
    except UnreadableExportError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    print(f"{tally.taken} comments were taken in; {tally.known} were here before.")
    for reason, count in tally.left_out.most_common():
        print(f"{count} were left out: {reason}.")
    return 0


def _tidy() -> int:
    from django.utils import timezone

    from cryptonewshub.comments.clock import CommentsClock
    from cryptonewshub.delivery.baking import bake_pending

    CommentsClock().tick(timezone.now())
    bake_pending()
    print("What was due is done.")
    return 0


def care_for_comments() -> None:
    """What the server does by the clock: letters, the digest, what was learnt, what is to be forgotten."""
    from django.utils import timezone

    from cryptonewshub.comments.clock import clock

    clock.tick(timezone.now())
