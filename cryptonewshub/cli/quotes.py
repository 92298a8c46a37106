"""`cnh quotes FILE…`: the quotations of files, with their speakers, for a reader or, with --json, for a program.

Offsets are code points of the file's text: for text and Markdown the file as it is decoded from UTF-8, byte order mark
and both characters of a Windows line end counted, front matter and all; for HTML and PDF the text that is extracted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptonewshub.quotations.vocabulary import Quotation
from cryptonewshub.sources.extraction import ExtractionError

_AS_TYPED = (".txt", ".md", ".markdown", "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="a text, Markdown, HTML or PDF file")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, one line a file")


def run(arguments: argparse.Namespace) -> int:
    """0 when every file could be read, 2 when one could not; the others are listed all the same."""
    return max([_list(name, as_json=arguments.json) for name in arguments.files])


def _list(name: str, *, as_json: bool) -> int:
    from cryptonewshub.accuracy.reporting import one_line
    from cryptonewshub.quotations.finding import find_quotations

    try:
        text = _text(Path(name))
    except ExtractionError as error:
        print(f"cnh: {error}", file=sys.stderr)
        return 2
    quotations = find_quotations(_readable(text, name))
    if as_json:
        found = [_entry(quotation, text) for quotation in quotations]
        print(one_line({"file": name, "quotations": found}), flush=True)
    else:
        print("\n".join([name, *(_line(quotation, text) for quotation in quotations)]), flush=True)
    return 0


def _text(path: Path) -> str:
    from cryptonewshub.sources.extraction import decode_utf8, extract_text, read_bytes

    if path.suffix.lower() not in _AS_TYPED:
        return extract_text(path, str(path)).text
    content = read_bytes(path, str(path))
    return decode_utf8(content, str(path))


def _readable(text: str, name: str) -> str:
    """The text, of the same length, with what is no prose blanked out."""
    from cryptonewshub.articles.blanking import readable_markdown, readable_text

    is_markdown = Path(name).suffix.lower() in (".md", ".markdown")
    return readable_markdown(text) if is_markdown else readable_text(text)


def _entry(quotation: Quotation, text: str) -> dict[str, object]:
    return {
        "start": quotation.start,
        "end": quotation.end,
        "text": text[quotation.start : quotation.end],
        "speaker": quotation.speaker.name if quotation.speaker else None,
        "cue": quotation.cue.text if quotation.cue else None,
        "kind": quotation.kind.value,
    }


def _line(quotation: Quotation, text: str) -> str:
    words = " ".join(text[quotation.start : quotation.end].split())
    speaker = quotation.speaker.name if quotation.speaker else "nobody named"
    cue = f" ({quotation.cue.text})" if quotation.cue else ""
    return f"  {quotation.start}–{quotation.end}  {quotation.kind.value}  {speaker}{cue}: “{words}”"
