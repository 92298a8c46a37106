"""Finding: the public door, on whole texts, on any text at all, and on the annotated articles where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.polnear import read_articles
from benchmarks.quotations import Score, main
from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.vocabulary import Kind, Quotation

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
UNHURRIED = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
PIECES = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "\n",
    "> ",
    ", ",
    ". ",
    ": ",
    "—",
    "(",
    ")",
    " ",
    "he said",
    "12",
]
WORDS = ["said ", "Ida Vold", "Vold", "the mayor", "she", "according to ", "so-called ", "we will not", "Mr. ", "who "]
PROSE = st.lists(st.sampled_from([*PIECES, *WORDS]), max_size=60).map("".join)


def own(quotations: list[Quotation]) -> list[str]:
    return [quotation.text for quotation in quotations]


def test_quotations_come_in_order_and_cut_what_they_claim():
    text = "Vold said “yes”. The so-called “deal” was ‘dead’, she said.\n> A block of words."
    found = find_quotations(text)
    assert own(found) == ["yes", "deal", "dead", "A block of words."]
    assert all(text[quotation.start : quotation.end] == quotation.text for quotation in found)


def test_parts_that_an_attribution_breaks_are_one_utterance():
    found = find_quotations("“The quay,” Ida Vold said, “is shut.” “Go home,” she added.")
    assert [quotation.utterance for quotation in found] == [0, 0, 1]


def test_lines_of_a_markdown_block_quotation_are_one_utterance():
    found = find_quotations("Ida Vold wrote:\n\n> We go.\n> We stay gone.\n\nShe left.")
    assert [(quotation.kind, quotation.text) for quotation in found] == [
        (Kind.BLOCK, "We go."),
        (Kind.BLOCK, "We stay gone."),
    ]
    assert len({quotation.utterance for quotation in found}) == 1
    assert {quotation.speaker.name for quotation in found if quotation.speaker} == {"Ida Vold"}


def test_a_block_quotation_by_structure_is_whole_and_its_marks_are_nested():
    text = "Ida Vold wrote:\nThe quay is “shut” for good.\nShe left."
    start = text.index("The quay")
    (found,) = find_quotations(text, block_quotes=[(start, text.index("\nShe"))])
    assert (found.kind, found.text, found.mark) == (Kind.BLOCK, "The quay is “shut” for good.", "")


def test_a_text_without_marks_has_no_quotations():
    assert find_quotations("Vold said the quay was shut.") == []
    assert find_quotations("") == []


@UNHURRIED
@given(PROSE | st.text(max_size=200))
def test_no_text_raises_and_offsets_cut_what_they_claim(text):
    last = -1
    for quotation in find_quotations(text):
        assert text[quotation.start : quotation.end] == quotation.text != ""
        assert "\n" not in quotation.text
        assert quotation.start > last
        last = quotation.start
        if quotation.speaker:
            assert text[quotation.speaker.start : quotation.speaker.end] == quotation.speaker.mention
        if quotation.cue:
            assert text[quotation.cue.start : quotation.cue.end] == quotation.cue.text


@UNHURRIED
@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=4), PROSE)
def test_no_block_spans_raise(spans, text):
    assert all(quotation.text for quotation in find_quotations(text, block_quotes=spans))


@pytest.mark.shared
def test_every_edge_case_is_right():
    path = SHARED / "data" / "quotations" / "stress.jsonl"
    if not path.exists():
        pytest.skip("The edge cases are not beside the checkout.")
    for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        assert _answers(case) == _expected(case), case["doc_id"]


def _answers(case: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    speech = [found for found in find_quotations(case["text"]) if found.kind is not Kind.NOT_SPEECH]
    return [
        (found.text.strip(".,"), found.speaker.name if found.speaker else None, found.cue.text if found.cue else None)
        for found in speech
    ]


def _expected(case: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(quote["text"].strip(".,"), quote["speaker"], quote["cue"]) for quote in case["quotes"]]


@pytest.mark.shared
def test_known_articles_are_read_as_annotated():
    data = SHARED / "data" / "quotations"
    if not data.exists():
        pytest.skip("The annotated articles are not beside the checkout.")
    score = Score()
    for article in read_articles(data / "polnear_dev.jsonl", data / "polnear_resolved_dev.jsonl")[::10]:
        score.add(article, find_quotations(article.text))
    assert score.share("matched", "gold") > 97
    assert score.share("matched", "found") > 97
    assert score.share("person right", "person asked") > 92


@pytest.mark.shared
def test_hostile_texts_are_read_without_harm():
    path = SHARED / "data" / "bad-inputs" / "own" / "redos.jsonl"
    if not path.exists():
        pytest.skip("The hostile texts are not beside the checkout.")
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        text = row["input"]
        assert all(text[found.start : found.end] == found.text for found in find_quotations(text))


@pytest.mark.parametrize("unit", ['"', "“", "”", "‘a ", "<", "</a", "&#", "> ", "a.", "A, ", "'", "«»", "“a” "])
def test_long_runs_of_one_thing_are_read(unit):
    text = unit * (4000 // len(unit))
    assert all(text[found.start : found.end] == found.text for found in find_quotations(text))


def test_the_benchmark_says_when_there_is_nothing_to_measure(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "Give the folder that holds data/quotations" in capsys.readouterr().err


def test_the_benchmark_scores_right_and_wrong_answers(tmp_path):
    text = "“The quay is shut,” Ida Vold said. Karl Brekk called it “a shame”."
    quotes = [
        {"start": 1, "end": 18, "speaker": "Ida Vold", "speaker_type": "named", "speaker_spans": [[20, 28]]},
        {"start": 57, "end": 64, "speaker": "Ida Vold", "speaker_type": "named", "speaker_spans": [[20, 28]]},
    ]
    row = {"doc_id": "one", "text": text, "quotes": quotes, "other_quoted": [], "ambiguous": []}
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    score = Score()
    for article in read_articles(path):
        score.add(article, find_quotations(article.text))
    assert score.spans == "100.0 / 100.0 / 100.0"
    assert score.share("person right", "person asked") == 50.0
