"""What stands in a source between the words and is not said: page headers and footers, page numbers, web addresses,
stage directions, and the labels that name the speaker.

Only whole lines and whole brackets are furniture. A line that comes again and again may be a refrain, so a source is
always searched with its furniture first, and without it only when that fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[^\n]+")
_ADDRESS = re.compile(r"\b(?:https?|www)\b\S{0,4}[/.]|\b[\w-]{2,40}\.(?:com|org|net|gov|int|eu|[a-z]{2})/\S")
_PAGE_NUMBER = re.compile(r"\s*(?:-\s?)?(?:[Pp]age\s)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?(?:\s?-)?\s*")
_PRINTED_AT = re.compile(r"\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}[:.]\d\d")
_STAGE = re.compile(
    r"[(\[]\s?(?:(?:\w{1,20}\s){0,3}(?:applause|laughter|laughs|laughing|cheers|cheering|crosstalk|inaudible|pause|booing|boos|music|"
    r"chuckles|ovation|unintelligible)[^()\[\]\n]{0,30})[)\]]",
    re.IGNORECASE,
)
_SPECK = re.compile(r"\s*[^\w\s]{0,4}[B-DF-HJ-NP-TV-Zx]{0,2}[^\w\s]{0,4}\s*")  # letters that make no word
_OFTEN = 3
_LONG_LINE = 300


def furniture(text: str) -> list[tuple[int, int]]:
    """The ranges of `text` that are not anybody's words, in order, apart from each other."""
    spans = sorted([*_lines(text), *(match.span() for match in _STAGE.finditer(text))])
    return list(_apart(spans))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text) if match.end() - match.start() <= _LONG_LINE]
    alike = _DIGIT.sub("0", text)  # so that 'page 3' and 'page 4' are one line
    repeated = Counter(alike[start:end].strip() for start, end in lines)
    for start, end in lines:
        if repeated[alike[start:end].strip()] >= _OFTEN or _is_furniture(text[start:end]):
            yield start, end


def _is_furniture(line: str) -> bool:
    return bool(
        _PAGE_NUMBER.fullmatch(line)
        or _PRINTED_AT.match(line)
        or _ADDRESS.search(line)
        or (_SPECK.fullmatch(line) and not line.isspace())
    )


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in spans:
        if end > last:
            yield max(start, last), end
            last = end
