"""The public door: every rule through one call, by place, quiet on clean copy, and never an exception."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Kind, Office, Person, Quotation, Remark, SourceText, Verdict

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
DAY = date(2031, 5, 14)
RULE_WORDS = (
    "figure", "name-spelling", "title", "anonymous-attribution", "unsourced-paragraph", "relative-day",
    "unbalanced-marks", "inconsistent-quotation", "headline-quotation", "doubtful-speaker",
)  # fmt: skip

STATEMENT = SourceText(
    "halloran",
    "Statement by H.E. Ms. Mira Halloran, Minister of Foreign Affairs of Vestria\nTarn, 12 May 2031\n\n"
    "Mr President, for 31 years our two countries have shared this strait. Last winter 14 ships were lost in it, and "
    "112 sailors with them. We will pay 40 per cent of the cost of a new lighthouse. It shall stand by 2033.",
    speaker="Mira Halloran",
    title="Statement on the strait",
    published=date(2031, 5, 12),
)
CLEAN = (
    "Vestria will help to pay for a lighthouse in the strait of Tarn, its foreign minister said this week.\n\n"
    "“We will pay 40 per cent of the cost of a new lighthouse,” Foreign Minister Mira Halloran said on 12 May.\n\n"
    "Fourteen ships and 112 sailors were lost there last winter, Halloran told the assembly on Monday. The lighthouse "
    "is to stand by 2033.\n\n"
    "She spoke for 20 minutes and left without taking questions."
)
FAULTY = (
    "Vestria's Prime Minister, Mira Halloran, said on Sunday that 41 ships were lost in the strait last winter.\n\n"
    "Haloran said the lighthouse would stand by 2033, and experts say it is overdue. “It shall stand, she said."
)


def remarks_in(story: str, *sources: SourceText, **more: object) -> list[Remark]:
    return remarks_on(story, quotations=find_quotations(story), sources=sources, published=DAY, **more)  # type: ignore[arg-type]


def test_every_fault_of_a_faulty_story_is_found_by_its_rule():
    found = {(remark.rule, remark.text) for remark in remarks_in(FAULTY, STATEMENT)}
    assert found >= {
        ("title", "Vestria's Prime Minister, Mira Halloran"),
        ("relative-day", "on Sunday"),
        ("figure", "41 ships"),
        ("name-spelling", "Haloran"),
        ("anonymous-attribution", "experts say"),
        ("unbalanced-marks", "It shall stand, she said."),
    }


def test_a_clean_story_has_no_warning_but_the_figure_that_is_in_no_source():
    remarks = [remark for remark in remarks_in(CLEAN, STATEMENT) if remark.severity != "note"]
    assert [remark.text for remark in remarks] in ([], ["20 minutes"])


def test_remarks_come_by_place_and_cut_the_text_that_they_show():
    remarks = remarks_in(FAULTY, STATEMENT)
    assert [remark.start for remark in remarks] == sorted(remark.start for remark in remarks)
    for remark in remarks:
        assert FAULTY[remark.start : remark.end].startswith(remark.text)


def test_messages_are_full_sentences():
    for remark in remarks_in(FAULTY, STATEMENT):
        assert remark.message[0] in "“TATI" or remark.message[0].isupper()
        assert remark.message.endswith((".", "”."))
        assert remark.suggestion.endswith(".")


def test_an_unclosed_quotation_is_told_with_its_first_words():
    quotation = Quotation(1, 25, "we will never again sail", Kind.DIRECT, "", "“", 0, is_balanced=False)
    (remark,) = remarks_on("“we will never again sail", quotations=[quotation])
    assert (remark.rule, remark.severity, remark.text) == ("unbalanced-marks", "warning", "we will never again sail")


@pytest.mark.parametrize(
    "story",
    [
        "The ferry was late again. Nobody on the quay was surprised, and the man who sells tickets had gone home.",
        "Ada Quill opened the meeting at 10:30 and closed it by noon. The two sides will meet again.",
        "“I have no regrets,” Ada Quill told the Courier. She is 66, and has led the board for most of her life.",
        "Tom Barker and Rick Parker shook hands. Barker smiled; Parker did not.",
        "The ministry said it would answer in writing. A spokeswoman, Rosa Lind, declined to say when.",
        "Article 5 of the treaty binds both. The first of them to break it will pay.",
    ],
)
def test_plain_copy_is_left_alone(story):
    assert remarks_in(story, STATEMENT) == []


PEOPLE = (Person("Ada Quill", ("Quill",), (Office("Prime Minister", since=date(2030, 1, 1)),)),)
PIECES = st.sampled_from([
    "Ada Quill", " said ", "“", "”", "40 per cent", "$4.3bn", "on Friday", "4 March", "2031", "\n\n", ". ", ", ", "the",
    " Prime Minister ", "officials", "according to", "1", "-", "/", "Quil", "İ", "\u2028", "٣", "①", "9" * 400, "’s",
])  # fmt: skip
STORIES = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=150, deadline=None)
@given(STORIES, STORIES, st.sampled_from([None, date.min, DAY, date.max]))
def test_no_input_raises_and_every_remark_cuts_its_text(story, source, published):
    remarks = remarks_on(
        story,
        quotations=find_quotations(story),
        sources=[SourceText("s", source, speaker="Ada Quill", published=published)],
        people=PEOPLE,
        published=published,
        citations=[0, len(story)],
    )
    for remark in remarks:
        assert 0 <= remark.start <= remark.end <= len(story)
        assert " ".join(story[remark.start : remark.end].split()).startswith(" ".join(remark.text.split()))


@settings(max_examples=50, deadline=None)
@given(STORIES, st.integers(-5, 400), st.integers(-5, 400))
def test_quotations_out_of_range_raise_nothing(story, start, end):
    remarks_on(story, quotations=[Quotation(start, end, "x", Kind.DIRECT, "", "“", 0)])


@pytest.mark.parametrize(
    "hostile",
    ["0-1," * 9000, "a=1&" * 9000, "aA" * 20_000, "1,111," * 9000, "Ada " * 9000, "on Monday 4 March " * 2000,
     "President " * 4000, "officials " * 4000, "half a " * 6000, "“" * 20_000, "9" * 50_000, " " * 50_000],
)  # fmt: skip
def test_hostile_text_comes_to_an_end(hostile):
    source = SourceText("s", hostile, speaker="Ada Quill", published=DAY)
    for remark in remarks_on(hostile, sources=[source], people=PEOPLE, published=DAY, citations=[0]):
        assert remark.end <= len(hostile)


def test_a_long_source_of_figures_is_read_once():
    source = SourceText("long", "There were 12 boats and 31 nets. " * 2_000)
    assert remarks_in("There were 12 boats and 31 nets.", source) == []


def _exercise(name: str) -> tuple[str, list[SourceText], tuple[int, ...]]:
    """A story of the exercise as its body, its sources and the offsets of its citations."""
    import yaml
    from pypdf import PdfReader

    folder = SHARED / "examples" / "unga79"
    _, front, body = (folder / name).read_text(encoding="utf-8").split("---\n", 2)
    sources = []
    for entry in yaml.safe_load(front)["sources"]:
        path = folder / entry["file"]
        if path.suffix == ".pdf":
            text = "\n\n".join(page.extract_text() for page in PdfReader(path).pages)
        else:
            text = path.read_text(encoding="utf-8")
        sources.append(
            SourceText(
                entry["id"],
                text,
                entry["language"],
                entry["speaker"],
                entry["title"],
                entry["publisher"],
                entry["date"],
            )
        )
    parts = re.split(r"\[\^\w+\]", re.sub(r"^## ", "", body.strip(), flags=re.MULTILINE))
    offsets = [sum(map(len, parts[: index + 1])) for index in range(len(parts) - 1)]
    return "".join(parts), sources, tuple(offsets)


needs_exercise = pytest.mark.skipif(not (SHARED / "examples" / "unga79").is_dir(), reason="the exercise is not there")


@pytest.mark.shared
@needs_exercise
def test_the_exercises_other_findings_are_found():
    body, sources, citations = _exercise("story-faulty.md")
    answers = json.loads((SHARED / "examples" / "unga79" / "answers.json").read_text(encoding="utf-8"))
    found = remarks_on(
        body, quotations=find_quotations(body), sources=sources, published=date(2024, 9, 29), citations=citations
    )
    asked = [(row["rule"], row["text"]) for row in answers["story-faulty.md other findings"]]
    assert [(remark.rule, remark.text) for remark in found] == sorted(asked, key=lambda row: body.index(row[1]))


@pytest.mark.shared
@needs_exercise
def test_the_exercises_clean_story_is_left_alone():
    body, sources, citations = _exercise("story-clean.md")
    assert (
        remarks_on(
            body, quotations=find_quotations(body), sources=sources, published=date(2024, 9, 29), citations=citations
        )
        == []
    )


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "examples" / "reference-page").is_dir(), reason="the reference page is not there")
def test_the_reference_pages_anonymous_voices_are_noticed():
    (page,) = (SHARED / "examples" / "reference-page").glob("*.txt")
    text = page.read_text(encoding="utf-8")
    found = remarks_on(text, quotations=find_quotations(text), published=date(2025, 11, 8))
    assert {remark.text for remark in found} == {"Analysts say", "Western officials maintain"}


REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rules.md"


@pytest.mark.parametrize("word", [*RULE_WORDS, *(verdict.value for verdict in Verdict)])
def test_the_reference_names_every_rule_and_verdict(word):
    assert f"`{word}`" in REFERENCE.read_text(encoding="utf-8")


EXAMPLES = re.findall(r"```example\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_references_examples_are_true(example):
    fields = dict(line.split(": ", 1) for line in example.strip().splitlines())
    sources = [SourceText("source", fields["source"])] if "source" in fields else []
    found = {(remark.rule, remark.text) for remark in remarks_in(fields["story"], *sources)}
    assert any(rule == fields["rule"] and text.startswith(fields["finds"]) for rule, text in found)
