"""`cnh capture ADDRESS|FILE…`: takes documents into the archive of the newsroom in CNH_HOME, and says what each is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cryptonewshub.cli.newsroom import open_newsroom

if TYPE_CHECKING:
    from cryptonewshub.sources.models import Source


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("documents", metavar="ADDRESS|FILE", nargs="+", help="a web address, or a file")
    parser.add_argument("--confidential", action="store_true", help="keep them out of readers’ and colleagues’ sight")


def run(arguments: argparse.Namespace) -> int:
    """0 when every document is in the archive, 2 when one could not be taken; the others are taken all the same."""
    open_newsroom()
    return max([_take(name, is_confidential=arguments.confidential) for name in arguments.documents])


def _take(name: str, *, is_confidential: bool) -> int:
    from cryptonewshub.sources.capturing import AlreadyArchived
    from cryptonewshub.sources.destinations import FetchRefused
    from cryptonewshub.sources.extracted import ExtractionError

    try:
        source = _captured(name, is_confidential=is_confidential)
        state = "captured"
    except AlreadyArchived as known:
        source, state = known.source, "in the archive already"
    except (ExtractionError, FetchRefused) as refused:
        print(f"cnh: {refused}", file=sys.stderr)
        return 2
    print(f"{source.sha256[:12]}  {source.language}  {source.title} ({state})", flush=True)
    return 0


def _captured(name: str, *, is_confidential: bool) -> Source:
    from cryptonewshub.sources.capturing import Described, capture_address, capture_upload
    from cryptonewshub.sources.extraction import content_of

    described = Described(is_confidential=is_confidential)
    if "://" in name:
        return capture_address(name, described=described)
    return capture_upload(Path(name).name, content_of(Path(name), name), described=described)
