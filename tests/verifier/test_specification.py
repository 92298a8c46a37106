"""`specs/edition.md` tells the truth about pages: its example says what was sealed, and no other page does."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cryptonewshub.verifier.page import read_page, read_shown
from cryptonewshub.verifier.projection import Sealed, differences

SPEC = (Path(__file__).resolve().parents[2] / "specs" / "edition.md").read_text(encoding="utf-8")
PAGE = re.findall(r"^    (<!doctype html>.*)$", SPEC, re.MULTILINE)[0]
CONTENT = re.findall(r"^    (\{\"article\".*\})$", SPEC, re.MULTILINE)[0]
NAME = re.findall(r"^    ([0-9a-f]{64})$", SPEC, re.MULTILINE)[0]


def found(page: str) -> list[str]:
    return differences(read_shown(read_page(page)), {NAME: Sealed.of(json.loads(CONTENT))}, None)


def test_the_example_says_what_was_sealed() -> None:
    assert found(PAGE) == []


def test_every_other_sign_in_it_is_found() -> None:
    for words in ("Rain</h1>", "It rained."):
        for place in range(PAGE.index(words), PAGE.index(words) + 4):
            assert found(PAGE[:place] + "x" + PAGE[place + 1 :]), place
