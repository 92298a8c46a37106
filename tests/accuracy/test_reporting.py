from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from cryptonewshub.accuracy.paper import Paper, columns_of
from cryptonewshub.accuracy.report import CheckedQuotation, Clearance, Finding, Place, Report
from cryptonewshub.accuracy.reporting import one_line, report_json
from cryptonewshub.accuracy.terminal import proof
from cryptonewshub.articles.document import Block, CitedSource, Document
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import Kind, Passage, Verdict

SPECIFICATION = (Path(__file__).parents[2] / "specs" / "check-report.md").read_text(encoding="utf-8")
DOCUMENT = Document(
    title="A harbour for two",
    slug="a-harbour-for-two",
    standfirst="Two islands agree.",
    published=datetime(2026, 3, 4, tzinfo=UTC),
    body=(Block("p", "The island has “fifty berths”, Orne said."), Block("h", "Later"), Block("p", "Analysts say so.")),
)
SOURCES = (CitedSource("orne", "Speech", speaker="Tobias Orne", publisher="Lerk", published=date(2026, 3, 3)),)
ALTERED = CheckedQuotation(
    place=Place("body", 0, 16, 28),
    text="fifty berths",
    kind=Kind.PARTIAL,
    speaker="Tobias Orne",
    confidence=0.9,
    cue="said",
    cited=("orne",),
    verdict=Verdict.ALTERED,
    blocking=True,
    note="A figure differs.",
    source="orne",
    passage=Passage(40, 52, "forty berths", "this island has ", " and room for four hundred boats."),
    diff=(("-", "forty"), ("+", "fifty"), ("=", " berths")),
    similarity=0.5,
)
STOP = Finding("altered", "error", ALTERED.place, "fifty berths", "“fifty” there reads “forty”.", "Write “forty”.")
ASK = Finding("anonymous-attribution", "warning", Place("body", 2, 0, 12), "Analysts say", "Name them.")


def report(*findings: Finding, quotations: tuple[CheckedQuotation, ...] = (ALTERED,)) -> Report:
    return Report(DOCUMENT, HOUSE_POLICY, quotations, findings)


def printed(shown: Report, width: int = 80, in_colour: bool = False) -> str:
    return proof(shown, "a.md", SOURCES, Paper(width, in_colour))


def test_report_has_the_promised_keys_in_their_order():
    told = report_json(report(STOP, ASK), "a.md")
    (quotation,), finding = told["quotations"], told["findings"][0]
    assert " ".join(told) == "version story quotations findings cleared policy"
    assert " ".join(told["story"]) == "path title words read_minutes"
    assert " ".join(quotation) == (
        "where block start end text speaker cue verdict blocking note source passage diff similarity"
    )
    assert " ".join(quotation["passage"]) == "start end exact prefix suffix"
    assert " ".join(finding) == "rule severity where block start end text message suggestion"


def test_specification_shows_the_report_as_it_is():
    specified = json.loads(SPECIFICATION.partition("```json")[2].partition("```")[0])
    told = report_json(report(STOP), "a.md")
    assert list(specified) == list(told)
    for part in ("story", "policy"):
        assert list(specified[part]) == list(told[part])
    for part in ("quotations", "findings"):
        assert list(specified[part][0]) == list(told[part][0])
    assert list(specified["quotations"][0]["passage"]) == list(told["quotations"][0]["passage"])


def test_specification_names_every_verdict_and_whether_it_blocks():
    for verdict in Verdict:
        row = next(line for line in SPECIFICATION.splitlines() if line.startswith(f"| `{verdict}` |"))
        assert row.endswith("| no |") is not HOUSE_POLICY.stops(verdict)


def test_report_is_json_of_the_promised_types():
    told = json.loads(one_line(report_json(report(STOP), "a.md")))
    assert told["version"] == 1
    assert told["story"] == {"path": "a.md", "title": "A harbour for two", "words": 14, "read_minutes": 1}
    assert told["quotations"][0]["diff"] == [["-", "forty"], ["+", "fifty"], ["=", " berths"]]
    assert told["cleared"] is False
    assert told["policy"] == {
        "name": HOUSE_POLICY.name,
        "version": HOUSE_POLICY.version,
        "sha256": HOUSE_POLICY.digest,
    }


def test_cleared_finding_is_a_note_with_its_reason():
    clearance = Clearance("altered", None, "Heard on the recording.")
    cleared = Finding("altered", "error", ALTERED.place, "fifty berths", "It differs.", clearance=clearance)
    told = report_json(report(cleared), "a.md")
    assert told["cleared"] is True
    assert told["findings"][0]["severity"] == "note"
    assert told["findings"][0]["message"] == "It differs. Cleared: Heard on the recording."


def test_one_line_is_one_line_to_every_reader():
    value = {"text": "a\u2028b\u2029c\x85d\ne\r\x0b\x0cf“”\ud800"}
    line = one_line(value)
    assert line.splitlines() == [line]
    assert json.loads(line) == value


def test_difference_is_bracketed_without_colour():
    assert "[-forty-]{+fifty+} berths" in printed(report(STOP))
    assert "\x1b" not in printed(report(STOP))


def test_difference_is_coloured_with_colour():
    text = printed(report(STOP), in_colour=True)
    assert "\x1b[4;32mforty\x1b[0m" in text
    assert "\x1b[9;31mfifty\x1b[0m" in text
    assert "[-" not in text


def test_stopped_quotation_shows_verdict_speaker_place_and_advice():
    text = printed(report(STOP))
    assert "✗  “fifty berths”" in text
    assert "Altered · Tobias Orne (said)" in text
    assert "orne: this island has ‹forty berths› and room for four" in text
    assert "→ “fifty” there reads “forty”." in text


def test_last_line_says_that_the_story_is_stopped():
    assert printed(report(STOP, ASK)).splitlines()[-2:] == [
        "0 of 1 quotation traced. 1 question for the editor.",
        "Not to be published: 1 finding stops it.",
    ]


def test_last_line_says_that_the_story_may_be_published():
    exact = CheckedQuotation(ALTERED.place, "fifty berths", Kind.PARTIAL, None, None, None, (), Verdict.EXACT, False)
    assert printed(report(quotations=(exact,))).splitlines()[-2:] == ["1 of 1 quotation traced.", "Ready to publish."]


def test_story_without_quotations_may_be_published():
    assert printed(report(quotations=())).splitlines()[-2:] == ["Nobody is quoted.", "Ready to publish."]


def test_other_findings_are_listed_under_the_quotations():
    text = printed(report(STOP, ASK))
    assert "?  “Analysts say” · paragraph 2 · anonymous-attribution" in text
    assert text.count("→") == 1


@pytest.mark.parametrize("width", [40, 60, 96])
def test_no_line_is_wider_than_the_paper(width):
    assert all(columns_of(line) <= width for line in printed(report(STOP, ASK), width).splitlines())


def test_control_characters_of_a_text_never_reach_the_terminal():
    nasty = Finding("figure", "warning", Place("title", None, 0, 1), "\x1b[2J\u202eevil", "\x07Bell\x9b.")
    text = printed(report(nasty, quotations=()), in_colour=True)
    assert "\x1b[2J" not in text
    assert not {"\x07", "\x9b", "\u202e"} & set(text)


class Stream(StringIO):
    def __init__(self, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "environment", "in_colour"),
    [
        (True, {}, True),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_for_terminals_and_can_be_forced_and_forbidden(is_terminal, environment, in_colour):
    assert Paper.of(Stream(is_terminal), environment).in_colour is in_colour


def test_wide_characters_take_two_columns():
    assert columns_of("港a\u0301") == 3
