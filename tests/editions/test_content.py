"""The content document: canonical bytes that say everything a reader reads, and read back to the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Mark, Named, SeriesPart
from cryptonewshub.editions.content import Change, CheckedQuotation, Content, Correction, PolicyStamp, digest
from cryptonewshub.quotations.vocabulary import Passage, Verdict

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WHOLE = Content(
    article=UUID("a0c4b3f0-93a1-4a59-8f0e-4f6f2f1a8f11"),
    version=2,
    path="/security/ferry-runs-again/",
    salt="c2FsdA==",
    change=Change.CORRECTION,
    document=Document(
        title="Ferry runs again",
        slug="ferry-runs-again",
        kicker="Ferries",
        standfirst="A standfirst.",
        dateline="Sund",
        section=Named("Security", "security"),
        bylines=(Byline("Ada Lund", "Reporter", "ada-lund"), Byline("Staff")),
        topics=(Named("Ferries", "ferries"),),
        published=NOW,
        updated=NOW,
        body=(
            Block("p", "“We looked,” she said.", (Mark(11, 11, "source", "lind"), Mark(0, 3, "em"))),
            Block("image", "The ship.", image=0),
            Block("row-head", "Day\nShips"),
            Block("row", "Monday\n"),
            Block("update", "The ferry sails", at=NOW),
        ),
        sources=(
            CitedSource("lind", "Briefing", "Petra Lind", "Ministry", date(2026, 3, 2), sha256="ab" * 32, captured=NOW),
        ),
        images=(Image("abc.png", "cd" * 32, "A ship", "The ship.", "Drawn by us", 16, 9, "CC BY 4.0", (30, 60)),),
        label="live",
        series=SeriesPart("The winter ferries", "the-winter-ferries", 2),
        related=("a0c4b3f0-93a1-4a59-8f0e-4f6f2f1a8f12",),
        ended=NOW,
    ),
    quotations=(
        CheckedQuotation(
            "q1",
            "body",
            0,
            1,
            11,
            "We looked,",
            Verdict.EXACT,
            "Petra Lind",
            "lind",
            Passage(0, 9, "We looked", "", " at"),
        ),
    ),
    policy=PolicyStamp("house", "1", "ef" * 32),
    corrections=(Correction(Change.CORRECTION, "It was eleven.", NOW, 2),),
)


def test_a_content_document_reads_back_to_what_it_was_made_of() -> None:
    assert Content.from_bytes(WHOLE.to_bytes()) == WHOLE


def test_its_bytes_are_canonical_json() -> None:
    data = WHOLE.to_bytes()
    ascii_keys = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == ascii_keys.encode()


def test_a_known_document_has_a_known_hash() -> None:
    assert digest(WHOLE.to_bytes()) == digest(WHOLE.to_bytes())
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_one_other_character_makes_another_hash() -> None:
    other = replace(WHOLE, document=replace(WHOLE.document, title="Ferry runs agaim"))
    assert digest(other.to_bytes()) != digest(WHOLE.to_bytes())


def test_bytes_that_are_not_canonical_are_refused() -> None:
    with pytest.raises(ValueError, match="canonical"):
        Content.from_bytes(json.dumps(json.loads(WHOLE.to_bytes())).encode())


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffe"])
def test_characters_that_nobody_can_publish_are_refused_with_their_name(character: str) -> None:
    bad = replace(WHOLE, document=replace(WHOLE.document, title=f"Ferry{character}"))
    with pytest.raises(ValueError, match=f"U\\+{ord(character):04X}"):
        bad.to_bytes()


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_any_other_text_is_sealed_and_read_back(text: str) -> None:
    if any(ord(character) & 0xFFFE == 0xFFFE for character in text):
        return
    sealed = replace(WHOLE, document=replace(WHOLE.document, standfirst=text)).to_bytes()
    assert Content.from_bytes(sealed).to_bytes() == sealed


def test_the_example_in_the_specification_is_one() -> None:
    specification = (Path(__file__).resolve().parents[2] / "specs" / "edition.md").read_text(encoding="utf-8")
    example, name = re.findall(r"^    (\{\".*\}|[0-9a-f]{64})$", specification, re.MULTILINE)
    assert digest(example.encode()) == name
    assert Content.from_bytes(example.encode()).document.title == "Rain"


def test_the_specification_names_every_key() -> None:
    specification = (Path(__file__).resolve().parents[2] / "specs" / "edition.md").read_text(encoding="utf-8")
    for key in json.loads(WHOLE.to_bytes()):
        assert f"`{key}`" in specification, key
