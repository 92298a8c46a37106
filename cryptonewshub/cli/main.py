"""`cnh`: the newsroom's words on the command line.

Each word is a module of this package with `add_arguments(parser)` and `run(arguments) -> int`, and is imported only
when it is the word that was typed, so that `cnh check` starts in a moment and never loads Django. The exit status is 0
for done or clean, 1 when the desk says no, and 2 for input that cannot be used, with one sentence on standard error.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Never

from cryptonewshub import __version__
from cryptonewshub.cli.newsroom import NewsroomError, is_disk_full
from cryptonewshub.config.database import database_trouble

WORDS = {
    "init": "make a newsroom in CNH_HOME",
    "serve": "serve the newsroom",
    "check": "trace the quotations of stories to their sources",
    "quotes": "list the quotations of files",
    "capture": "take documents into the archive of sources",
    "publish": "publish a story that the desk clears",
    "withdraw": "take a published story from the public by order",
    "bake": "render pages to files",
    "purge": "make the caches before the newsroom let go of pages",
    "mirror": "put what changed into an object store",
    "comments": "export and import what readers wrote",
    "move": "bring the newsroom's tables into a PostgreSQL",
    "log": "say how the public log stands, and put it right",
    "key": "print the log's verifier key, or change its keys",
    "witness": "sign the checkpoints of other machines' logs",
    "ready": "say what should be done by now and is not",
    "index": "put what was published into the search index",
    "seed": "fill a newsroom with an invented archive, to measure it",
    "verify": "check a page against the public log",
    "monitor": "watch a newsroom: its log, its documents and its pages",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the word that was typed; returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _write_utf8()
    try:
        status = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        return _quiet_end()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except Exception as error:
        sentence = _sentence_of(error)
        if sentence is None:
            raise
        print(f"cnh: {sentence}", file=sys.stderr)
        return 2
    return status


def _sentence_of(error: Exception) -> str | None:
    """What to tell a person of an error that is theirs to mend; None for one that is ours."""
    if is_disk_full(error):
        return "the disk is full; free some space and run the same command again, nothing is lost."
    if isinstance(error, NewsroomError):
        return str(error)
    if trouble := database_trouble(error, os.environ.get("CNH_DATABASE_URL", "")):
        return trouble
    if isinstance(error, OSError):
        place = f": {error.filename}" if error.filename else ""
        return f"{error.strerror or error}{place}."
    return None


def _run(words: list[str]) -> int:
    try:
        arguments = _parser(words).parse_args(words)
    except SystemExit as end:  # argparse ends the process itself after --help and after an error
        return int(end.code or 0)
    run = import_module(f"cryptonewshub.cli.{arguments.word}").run
    return int(run(arguments))


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, without repeating the usage."""

    def error(self, message: str) -> Never:
        advice = f"“{self.prog} --help” says what it takes"
        joint = " " if message.endswith("?") else "; "
        print(f"cnh: {message}{joint}{advice}.", file=sys.stderr)
        raise SystemExit(2)


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the word that was typed; only that word's module is imported, the others are names with a help
    line.
    """
    parser = _Parser(prog="cnh", description="A newsroom whose quotations are traced to their sources.")
    parser.add_argument("--version", action="version", version=f"cnh {__version__}")
    typed = next((word for word in words if not word.startswith("-")), None)
    if typed is not None and typed not in WORDS:
        nearest = get_close_matches(typed, WORDS, n=1)
        parser.error(f"“{typed}” is not a word of cnh" + (f", did you mean “{nearest[0]}”?" if nearest else ""))
    subparsers = parser.add_subparsers(dest="word", metavar="WORD", required=True, parser_class=_Parser)
    for word, meaning in WORDS.items():
        subparser = subparsers.add_parser(word, help=meaning, description=f"{meaning[0].upper()}{meaning[1:]}.")
        if word == typed:
            import_module(f"cryptonewshub.cli.{word}").add_arguments(subparser)
    return parser


def _write_utf8() -> None:
    """Typographic marks are written as UTF-8, whatever the locale claims; no character can make printing fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _quiet_end() -> int:
    """Whoever read our output has left: no complaint, and none when Python flushes at its end either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


if __name__ == "__main__":
    raise SystemExit(main())
