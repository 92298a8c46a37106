"""What may be printed at all: text without the characters that no reader sees and every file format minds."""

from __future__ import annotations

import re

_LAST_OF_PLANES = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
UNPRINTABLE = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{_LAST_OF_PLANES}]")
"""Control characters but the line feed, halves of pairs, and noncharacters."""
_LINE_ENDS = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")


def printable(text: str) -> str:
    """The text with a blank for each character that cannot be printed, such as a tab: places stay what they are."""
    return UNPRINTABLE.sub(" ", text)


def in_one_line(text: str) -> str:
    """The same, with a blank for each line end, too: browsers send two characters for one."""
    return printable(_LINE_ENDS.sub(" ", text))
