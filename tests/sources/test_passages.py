"""The archive's index of words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cryptonewshub.quotations.vocabulary import SourceText
from cryptonewshub.sources.passages import PassageIndex

PORTS = SourceText(
    "ports", "We will keep the northern harbour open through the winter, whatever it costs.", published=date(2025, 3, 1)
)
BREAD = SourceText("bread", "Twelve thousand families went without bread when the grain stayed on the quay.")
NOISE = [
    SourceText(f"noise-{i}", f"Council minutes number {i}: the item was read and the item was passed.")
    for i in range(20)
]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PassageIndex]:
    with PassageIndex(tmp_path / "passages.db") as index:
        index.rebuild([*NOISE, PORTS, BREAD])
        yield index


def test_the_source_that_has_the_words_is_found_whole(index: PassageIndex) -> None:
    assert index.closest("the northern harbour open through the winter") == PORTS


def test_nearly_the_words_are_enough_and_other_words_are_not(index: PassageIndex) -> None:
    found = index.closest("We will keep the northern harbour closed through the winter, whatever it costs.")
    assert found is not None
    assert found.id == "ports"
    assert index.closest("The lighthouse keeper must resign before the next election.") is None
    assert index.closest("…") is None


def test_a_removed_source_is_not_found_and_a_replaced_one_has_its_new_words(index: PassageIndex) -> None:
    index.remove("bread")
    assert index.closest("families went without bread when the grain stayed") is None
    index.add(SourceText("ports", "The southern pier was sold to a fishing company in the spring."))
    assert index.closest("the northern harbour open through the winter") is None
    assert index.closest("The southern pier was sold to a fishing company") is not None
    assert len(index) == 21


def _postings(index_file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(index_file)) as database:
        parts, size = database.execute("SELECT count(*), sum(length(numbers)) FROM posting").fetchone()
    return parts, size


def test_a_source_that_is_saved_again_adds_no_postings_and_is_called_what_it_is_called_now(
    index: PassageIndex, tmp_path: Path
) -> None:
    before = _postings(tmp_path / "passages.db")
    renamed = replace(PORTS, title="On the northern harbour", speaker="Petra Lind", published=date(2025, 3, 2))
    for source in (PORTS, PORTS, renamed, renamed):
        index.add(source)
    assert _postings(tmp_path / "passages.db") == before
    assert index.closest("the northern harbour open through the winter") == renamed
    assert len(index) == 22
    index.add(replace(PORTS, text=f"{PORTS.text} Nobody asked what the southern pier would cost."))
    assert _postings(tmp_path / "passages.db") > before


def test_a_failed_batch_changes_nothing(index: PassageIndex) -> None:
    def broken() -> Iterator[SourceText]:
        yield NOISE[0]
        raise RuntimeError("the archive cannot be read")

    with pytest.raises(RuntimeError):
        index.rebuild(broken())
    assert len(index) == 22
    assert index.closest("the northern harbour open through the winter") == PORTS
