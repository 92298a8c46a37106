from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cryptonewshub.accuracy.checking import Clearance, Report, check
from cryptonewshub.accuracy.quoted import Quoted
from cryptonewshub.accuracy.report import Place
from cryptonewshub.accuracy.text_of import sources_cited_at, text_of_body
from cryptonewshub.accuracy.verdicts import Desk, verdict_on
from cryptonewshub.accuracy.wording import place_name
from cryptonewshub.articles.document import Block, Document, Mark
from cryptonewshub.articles.stories import parse_story
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import Kind, Quotation, SourceText, Speaker, Verdict

VALE = SourceText(
    "vale",
    "I have come to Lerk. We will keep this treaty whatever the winter brings. Boats must never wait behind a ship.",
    speaker="Mirela Vale",
)
ORNE = SourceText(
    "orne", "This island has forty berths and room for four hundred boats. I thank the council.", speaker="Tobias Orne"
)
NORWEGIAN = SourceText(
    "lund", "Vi skal holde avtalen, og vi skal holde havnen åpen for alle skip i hele vinter.", language="nb"
)
FRONT = "---\ntitle: A harbour for two\nsources:\n" + "".join(
    f"  - id: {name}\n    url: https://lerk.example/{name}\n" for name in ("vale", "orne", "lund")
)
KEEP = "“We will keep this treaty whatever the winter brings,” Mirela Vale said.[^vale]"


def document(body: str, **fields: Any) -> Document:
    return replace(parse_story(f"{FRONT}---\n\n{body}\n", path=Path("a.md")).document, **fields)


def report(body: str, *sources: SourceText, clearances: tuple[Clearance, ...] = (), **fields: Any) -> Report:
    return check(document(body, **fields), sources or (VALE, ORNE), clearances=clearances)


def verdicts(told: Report) -> list[str]:
    return [quotation.verdict.value for quotation in told.quotations]


def test_traced_story_is_cleared():
    told = report(KEEP)
    assert verdicts(told) == ["exact"]
    assert told.cleared
    assert told.findings == ()


def test_quotation_is_placed_in_its_block():
    told = report(f"The talks ended.\n\n## Later\n\nThey met. {KEEP}")
    (quotation,) = told.quotations
    assert (quotation.place.where, quotation.place.block) == ("body", 2)
    text = told.document.body[2].text
    assert text[quotation.place.start : quotation.place.end] == quotation.text


def test_quotations_of_title_standfirst_and_caption_are_placed_there():
    image = Block("image", "Boats “must never wait behind a ship”, says the sign.", image=0)
    told = check(
        Document(
            title="Vale will keep treaty “whatever the winter brings”",
            slug="a",
            standfirst="Lerk “has forty berths and room for four hundred boats”.",
            body=(Block("p", "They met on Lerk."), image),
        ),
        [VALE, ORNE],
    )
    assert [(quotation.place.where, quotation.place.block) for quotation in told.quotations] == [
        ("title", None),
        ("standfirst", None),
        ("caption", 1),
    ]


def test_blocking_quotation_has_one_error_by_the_name_of_its_verdict():
    told = report("“We will break this treaty whatever the winter brings,” Mirela Vale said.[^vale]")
    (finding,) = told.stopping
    assert finding.rule == "altered"
    assert finding.place == told.quotations[0].place
    assert "The quotation in paragraph 1" in finding.message
    assert "“keep” there reads “break”" in finding.message
    assert finding.suggestion == "The source’s words: “We will keep this treaty whatever the winter brings”."


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("“We will break this treaty whatever the winter brings,” Mirela Vale said.[^vale]", "altered"),
        ("“Nobody asked me about the lighthouse on the hill,” Mirela Vale said.[^vale]", "not-found"),
        ("“We will keep this treaty whatever the winter brings,” Tobias Orne said.[^vale]", "other-speaker"),
    ],
)
def test_each_fault_stops_the_story(body, verdict):
    told = report(body)
    assert verdicts(told) == [verdict]
    assert [finding.rule for finding in told.stopping] == [verdict]
    assert not told.cleared


def test_negation_that_the_story_gives_in_its_own_words_is_not_cut_off():
    said = "Boats must never “wait behind a ship”, Mirela Vale said.[^vale]"
    assert verdicts(report(said)) == ["exact"]
    assert verdicts(report(said.replace("never ", ""))) == ["out-of-context"]


def test_story_without_sources_is_unsourced():
    told = check(document(KEEP.removesuffix("[^vale]")), [])
    assert verdicts(told) == ["unsourced"]
    assert "Attach the document" in told.stopping[0].message


def test_quotation_of_a_source_without_text_is_told_so():
    told = report(KEEP, ORNE)
    assert not told.cleared
    assert "cites “vale”, of which the desk has no text" in told.stopping[0].message


def test_citation_backs_the_quotations_before_it():
    text = "“One two,” he said. “Three four,” she said. They left. “Five six,” it said."
    marks = (Mark(19, 19, "source", "vale"), Mark(54, 54, "source", "orne"), Mark(54, 54, "source", "lund"))
    block = Block("p", text, marks)
    assert sources_cited_at(block, 8) == ("vale",)
    assert sources_cited_at(block, 31) == ("orne", "lund")
    assert sources_cited_at(block, 65) == ()


def test_citation_of_a_later_sentence_still_backs_the_quotation():
    told = report("“We will keep this treaty whatever the winter brings,” Mirela Vale said. She left.[^vale]")
    assert told.quotations[0].cited == ("vale",)


def test_attribution_backs_a_block_quotation():
    told = report("> We will keep this treaty whatever the winter brings.\n> — Mirela Vale, minister[^vale]")
    (quotation,) = told.quotations
    assert (quotation.speaker, quotation.cited, quotation.verdict) == ("Mirela Vale", ("vale",), Verdict.EXACT)


def test_block_quotation_of_somebody_else_is_stopped():
    told = report("> We will keep this treaty whatever the winter brings.\n> — Tobias Orne[^vale]")
    assert verdicts(told) == ["other-speaker"]


def test_parts_of_an_utterance_share_their_citation():
    body = "“We will keep this treaty,” Mirela Vale said,[^vale] “whatever the winter brings.”"
    assert [quotation.cited for quotation in report(body).quotations] == [("vale",), ("vale",)]


def test_headline_speaker_has_the_name_of_the_body():
    told = report(KEEP, title="Treaty stands “whatever the winter brings”, says minister")
    assert told.quotations[0].speaker == "Mirela Vale"
    assert told.cleared


def test_headline_that_gives_the_words_to_another_is_stopped():
    body = f"{KEEP}\n\n“I thank the council,” Tobias Orne said.[^orne]"
    told = report(body, title="“We will leave no winter unkept,” says Orne")
    assert told.quotations[0].verdict is Verdict.NOT_FOUND
    assert told.quotations[0].speaker == "Tobias Orne"


def test_translation_is_stopped_until_somebody_signs_it_off():
    body = "“We shall keep the agreement and the harbour open to all ships,” Ida Lund said.[^lund]"
    told = report(body, NORWEGIAN)
    assert verdicts(told) == ["translated"]
    assert "the source “lund” is in Norwegian" in told.stopping[0].message
    signed = report(body, NORWEGIAN, clearances=(Clearance("translated", None, "Translated by Ada Holm."),))
    assert signed.cleared
    assert verdicts(signed) == ["translated"]
    assert not signed.quotations[0].blocking
    assert str(signed.quotations[0].note).endswith("Cleared: Translated by Ada Holm.")


FAULTY = "“We will break this treaty whatever the winter brings,” Mirela Vale said.[^vale]"
WORDS = "We will break this treaty whatever the winter brings,"


@pytest.mark.parametrize(
    ("clearance", "is_cleared"),
    [
        (Clearance("altered", None, "Heard on the recording."), True),
        (Clearance("altered", WORDS, "Heard on the recording."), True),
        (Clearance("altered", WORDS[:-1], "Heard on the recording."), False),
        (Clearance("not-found", WORDS, "Heard on the recording."), False),
        (Clearance("altered", "", "Heard on the recording."), False),
        (Clearance("altered", WORDS, " "), False),
    ],
)
def test_clearance_holds_for_its_rule_and_its_words_only(clearance, is_cleared):
    assert report(FAULTY, clearances=(clearance,)).cleared is is_cleared


def test_quotation_that_disagrees_with_itself_is_noticed():
    told = report(f"{KEEP}\n\n“We will keep this treaty whatever the summer brings,” Vale said.[^vale]")
    assert "inconsistent-quotation" in {finding.rule for finding in told.findings}


def test_remarks_are_placed_in_their_block():
    told = report(f"{KEEP}\n\nAnalysts say the harbour is deep.")
    (finding,) = [finding for finding in told.findings if finding.rule == "anonymous-attribution"]
    assert (finding.place.block, finding.place.start, finding.text) == (1, 0, "Analysts say")
    assert finding.severity == "warning"


def test_findings_stand_in_reading_order():
    told = report(
        f"Analysts say so.\n\n{FAULTY}\n\nOfficials said no.", title="“We will leave no winter unkept”, Vale says"
    )
    places = [
        (finding.place.where != "title", finding.place.block or 0, finding.place.start) for finding in told.findings
    ]
    assert places == sorted(places)
    assert len(told.findings) >= 4


def test_places_are_named_as_an_editor_counts_them():
    told = document("One.\n\n## Sub\n\n- a\n\nTwo.\n\n> Three.\n\n:::facts T\nx\n:::")
    body = text_of_body(told)
    names = [place_name(body.place(start, start), told) for start in body.starts]
    assert names == ["paragraph 1", "a subhead", "a list", "paragraph 2", "paragraph 3", "the fact box", "the fact box"]


def test_check_depends_on_its_arguments_only():
    story = document(f"{FAULTY}\n\n{KEEP}", published=datetime(2026, 3, 4, tzinfo=UTC))
    assert check(story, [VALE, ORNE]) == check(story, [VALE, ORNE])


texts = st.text(alphabet=st.sampled_from("ab “”\"'‘’«».,—[]…1%\n\t>ÅVale said"), max_size=60) | st.text(max_size=30)
kinds = st.sampled_from(["p", "h", "quote", "ul", "image", "facts"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(kinds, texts), max_size=5), texts, texts)
def test_any_document_is_checked_and_every_offset_cuts(blocks, title, standfirst):
    body = tuple(Block(kind, text, (Mark(len(text), len(text), "source", "vale"),)) for kind, text in blocks)
    told = check(Document(title=title, slug="a", standfirst=standfirst, body=body), [VALE])
    for quotation in told.quotations:
        place = quotation.place
        text = {"title": title, "standfirst": standfirst}.get(place.where) or body[place.block or 0].text
        assert text[place.start : place.end] == quotation.text
    blocking = [(quotation.place, quotation.verdict.value) for quotation in told.quotations if quotation.blocking]
    assert sorted(map(repr, blocking)) == sorted(repr((error.place, error.rule)) for error in told.stopping)


def spoken(confidence: float) -> Quoted:
    words = "We will keep this treaty whatever the winter brings."
    speaker = Speaker("Tobias Orne", "Orne", 0, 4, confidence, "carried")
    quotation = Quotation(0, len(words), words, Kind.DIRECT, "", "“", 0, speaker)
    return Quoted(quotation, Place("body", 0, 0, len(words)), "Tobias Orne", confidence=confidence)


@pytest.mark.parametrize(("confidence", "verdict"), [(0.5, Verdict.EXACT), (0.9, Verdict.OTHER_SPEAKER)])
def test_story_is_not_stopped_on_a_guess_of_who_spoke(confidence, verdict):
    told = verdict_on(spoken(confidence), Desk((VALE, ORNE), HOUSE_POLICY))
    assert told.verdict is verdict
    assert told.blocking is (verdict is Verdict.OTHER_SPEAKER)
    assert told.is_speaker_doubted is not told.blocking
    assert told.recorded_speaker == "Mirela Vale"


@pytest.mark.parametrize(
    ("speaker", "rules"),
    [
        ("Mirela Vale", []),
        ("the Sundish minister", []),
        ("the ministry", []),
        ("Sunderholm", ["doubtful-speaker"]),
        ("Tobias Orne", ["other-speaker"]),
        ("Orne", ["other-speaker"]),
    ],
)
def test_only_a_persons_name_is_contradicted_by_a_source(speaker, rules):
    told = report(f"“We will keep this treaty whatever the winter brings,” {speaker} said.[^vale]")
    assert [finding.rule for finding in told.findings] == rules
    assert told.cleared is (rules != ["other-speaker"])


@pytest.mark.parametrize(
    ("mention", "story", "lead", "is_stopped"),
    [
        ("Orne", "Orne spoke after Mirela Vale.", "", True),
        ("he", "Orne spoke after Mirela Vale.", "", False),
        ("he", "Orne spoke.", "", True),
        ("he", "Vale spoke.\n\nOrne spoke.", "Orne spoke.", True),
        ("he", "Orne spoke after Mirela Vale.", "Orne spoke after Mirela Vale.", False),
        ("the minister", "Vale spoke.\n\nOrne spoke.", "Orne spoke.", False),
    ],
)
def test_pronoun_may_mean_whom_the_source_has_where_the_story_speaks_of_both(mention, story, lead, is_stopped):
    quoted = spoken(0.95)
    speaker = Speaker("Tobias Orne", mention, 0, 4, 0.95, "carried")
    quoted = replace(quoted, quotation=replace(quoted.quotation, speaker=speaker), lead=lead)
    told = verdict_on(quoted, Desk((VALE, ORNE), HOUSE_POLICY, story=story))
    assert told.blocking is is_stopped
    assert told.is_speaker_doubted is not is_stopped


def test_citation_tells_whom_an_office_or_a_pronoun_means():
    told = report(f"Tobias Orne met Mirela Vale.\n\n{KEEP.replace('Mirela Vale said', 'the minister said')}")
    assert told.quotations[0].speaker == "Mirela Vale"
    assert told.findings == ()


def test_words_of_another_than_the_cited_speaker_are_stopped_after_a_pronoun_too():
    kept = "“We will keep this treaty whatever the winter brings,” he added.[^orne]"
    told = report(f"“I thank the council,” Tobias Orne said.[^orne] {kept}\n\nMirela Vale listened.")
    assert told.quotations[1].speaker == "Tobias Orne"
    assert verdicts(told)[1] == "other-speaker"
