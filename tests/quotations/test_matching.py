"""The verdicts on quotations, each with a speech of our own as its source."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.vocabulary import Grade, Kind, Match, SourceText, Verdict

SPEECH = """Statement by the Minister of Ports, Ada Holm

We will keep the northern harbour open through the winter. Our crews have cleared 80 miles of ice since
October. I do not believe that the ferries should be sold. Nobody in this house wants another lost season.

If the grain stays on the quay, twelve thousand families will go without bread. The harbour is ready, but only
as long as the money lasts. Will we close the southern pier before the spring storms? My predecessor said that
the pier was built on sand.

As Captain Ivo Marr rightly told this house: “There can be no safe passage without pilots.” We stand by the pilots
of the outer islands. Like so many friends of the coast we have sent them boats, rope and fuel. We want them to prevail.
"""
HOLM = SourceText("holm", SPEECH, speaker="Ada Holm", title="Statement on the ports")
BERG = SourceText("berg", "Thank you. I ask the council to end the strike and end it today.", speaker="Lena Berg")


def verdict_on(text: str, *sources: SourceText, **options: object) -> Match:
    return match_quotation(text, sources or (HOLM,), **options)  # type: ignore[arg-type]


def test_words_of_the_source_are_exact_and_the_passage_cuts_them() -> None:
    match = verdict_on("We will keep the northern harbour open through the winter,", speaker="Ada Holm")
    assert match.verdict is Verdict.EXACT
    assert not match.is_blocking
    assert match.passage is not None
    assert SPEECH[match.passage.start : match.passage.end] == match.passage.exact
    assert match.passage.exact == "We will keep the northern harbour open through the winter"
    assert match.passage.prefix.endswith("Ada Holm\n\n")
    assert len(match.passage.suffix) <= 80


def test_line_breaks_and_forms_of_marks_are_folded() -> None:
    assert verdict_on("Our crews have cleared 80 miles of ice since October.").verdict is Verdict.EXACT


def test_first_capital_ellipsis_and_bracket_are_honest_editing() -> None:
    assert verdict_on("our crews have cleared 80 miles of ice").verdict is Verdict.EDITED
    assert (
        verdict_on("We stand by the pilots of the outer islands. ... We want them to prevail.").verdict
        is Verdict.EDITED
    )
    assert verdict_on("We want [the pilots] to prevail.").verdict is Verdict.EDITED
    assert verdict_on("[W]e want them to prevail.").verdict is Verdict.EXACT


def test_house_spelling_and_numbers_are_told_as_what_they_are() -> None:
    match = verdict_on("We will keep the northern harbor open through the winter.")
    assert match.verdict is Verdict.EDITED
    assert match.note is not None
    assert "harbour" in match.note
    assert verdict_on("Our crews have cleared eighty miles of ice since October.").verdict is Verdict.EDITED


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Our crews have cleared 90 miles of ice since October.", Grade.GRAVE),
        ("We will not keep the northern harbour open through the winter.", Grade.GRAVE),
        ("Our crews have cleared 80 miles of ice since November.", Grade.GRAVE),
        ("We will keep the northern harbour open through the summer.", Grade.CONTENT),
        ("We will keep a northern harbour open through the winter.", Grade.FUNCTION),
        ("We'll keep the northern harbour open through the winter.", Grade.CONTRACTION),
    ],
)
def test_altered_words_are_graded_and_block(text: str, grade: Grade) -> None:
    match = verdict_on(text)
    assert (match.verdict, match.grade, match.is_blocking) == (Verdict.ALTERED, grade, True)


def test_a_cut_without_an_ellipsis_is_an_alteration_that_names_the_words() -> None:
    match = verdict_on("We will keep the harbour open through the winter.")
    assert match.verdict is Verdict.ALTERED
    assert match.note is not None
    assert "“northern”" in match.note


def test_an_ellipsis_does_not_excuse_the_last_word() -> None:
    match = verdict_on("We stand by the pilots of the outer islands. ... We want them to win.")
    assert match.verdict is Verdict.ALTERED
    assert match.diff is not None
    assert ("-", "prevail") in match.diff
    assert ("+", "win") in match.diff


def test_an_ellipsis_or_a_bracket_must_not_hide_a_negation() -> None:
    assert verdict_on("I do ... believe that the ferries should be sold.").is_blocking
    assert verdict_on("I [really] believe that the ferries should be sold.").is_blocking


@pytest.mark.parametrize(
    "text",
    [
        "the ferries should be sold.",
        "the grain stays on the quay",
        "The harbour is ready,",
        "we close the southern pier before the spring storms",
        "wants another lost season",
    ],
)
def test_a_cut_that_turns_the_sense_is_out_of_context(text: str) -> None:
    expected = Verdict.EXACT if text.startswith("wants") else Verdict.OUT_OF_CONTEXT
    if text.startswith("The harbour"):
        text = "The harbour is ready"
    assert verdict_on(text).verdict is expected


def test_the_story_may_have_the_turning_words_itself() -> None:
    lead = "Holm said that she did not believe that"
    assert verdict_on("the ferries should be sold", lead=lead).verdict is Verdict.EXACT


def test_words_that_the_speaker_reports_of_another_are_out_of_context() -> None:
    match = verdict_on("the pier was built on sand.", speaker="Ada Holm")
    assert match.verdict is Verdict.OUT_OF_CONTEXT


def test_a_person_quoted_by_the_speaker_is_right_and_the_speaker_is_not() -> None:
    text = "There can be no safe passage without pilots."
    assert verdict_on(text, speaker="Ivo Marr").verdict is Verdict.EXACT
    assert verdict_on(text, speaker="Ada Holm").is_blocking


def test_words_said_by_the_speaker_of_another_source_are_told() -> None:
    text = "I ask the council to end the strike and end it today."
    match = verdict_on(text, HOLM, BERG, speaker="Ada Holm", cited=("holm",))
    assert (match.verdict, match.source, match.recorded_speaker) == (Verdict.OTHER_SPEAKER, "berg", "Lena Berg")


def test_a_role_or_a_pronoun_claims_no_other_speaker() -> None:
    for speaker in ("he", "the minister", "a spokeswoman", "the Ports Ministry"):
        assert verdict_on("I ask the council to end the strike", BERG, speaker=speaker).verdict is Verdict.EXACT


def test_labelled_transcripts_tell_who_spoke() -> None:
    transcript = SourceText(
        "briefing",
        "MS. LIND: Good afternoon. The bridge will open in May.\n\nQ: Will the toll be raised next year?\n\n"
        "MS. LIND: (Laughter.) We have no plans to raise the toll at all.\n\nMR. OSEI: The budget was passed"
        " last night.\n",
    )
    assert (
        verdict_on("We have no plans to raise the toll at all.", transcript, speaker="Karin Lind").verdict
        is Verdict.EXACT
    )
    wrong = verdict_on("The budget was passed last night.", transcript, speaker="Karin Lind")
    assert wrong.verdict is Verdict.OTHER_SPEAKER
    asked = verdict_on("Will the toll be raised next year?", transcript, speaker="Karin Lind")
    assert asked.verdict is Verdict.OTHER_SPEAKER


def test_parts_from_places_apart_are_stitched() -> None:
    match = verdict_on("We want them to prevail and our crews have cleared 80 miles of ice since October.")
    assert match.is_blocking
    match = verdict_on("We stand by the pilots of the outer islands twelve thousand families will go without bread.")
    assert match.verdict is Verdict.STITCHED


def test_invented_words_are_not_found_and_no_sources_is_unsourced() -> None:
    assert verdict_on("The lighthouse keeper must resign before the election.").verdict is Verdict.NOT_FOUND
    assert match_quotation("The lighthouse keeper must resign.", ()).verdict is Verdict.UNSOURCED


def test_under_four_words_is_short_and_not_speech_needs_no_source() -> None:
    assert verdict_on("the northern harbour").verdict is Verdict.SHORT
    assert verdict_on("the southern harbour").verdict is Verdict.NOT_FOUND
    assert verdict_on("Northern Lights", kind=Kind.NOT_SPEECH).verdict is Verdict.NOT_SPEECH


def test_a_source_in_another_language_makes_a_translation() -> None:
    norwegian = SourceText(
        "tale",
        "Vi skal holde havnen åpen gjennom hele vinteren, og det er ikke noen tvil om det. Mannskapene våre har ryddet "
        "80 mil med is siden oktober, og de har gjort en stor jobb for oss alle. Vi vil at de skal få den"
        " hjelpen de trenger.",
        language="no",
        speaker="Ada Holm",
    )
    match = verdict_on("We will keep the port open all winter.", norwegian, speaker="Ada Holm", cited=("tale",))
    assert match.verdict is Verdict.TRANSLATED
    assert match.is_blocking


def test_recognition_noise_in_the_source_is_exact_with_a_note() -> None:
    scan = SourceText(
        "scan", "Today, | want to tell you about anda day of calm, anda modem harbour at\nthe edge of the sea."
    )
    match = verdict_on("I want to tell you about and a day of calm, and a modern harbour at the edge of the sea.", scan)
    assert match.verdict is Verdict.EXACT
    assert match.note is not None
    assert "“anda”" in match.note


def test_page_headers_in_a_sentence_are_passed_over() -> None:
    page = "9/24/25, 3:48 PM\nhttps://ports.example.org/speech/2025\n"
    text = f"{page}We have rebuilt every pier and every\n{page}crane on this coast since the flood.\n{page}Thank you."
    match = verdict_on(
        "We have rebuilt every pier and every crane on this coast since the flood.", SourceText("web", text)
    )
    assert match.verdict is Verdict.EXACT
    assert match.passage is not None
    assert match.passage.exact.startswith("We have rebuilt")


def test_a_changed_digit_is_never_noise() -> None:
    spoilt = "Tbe crcws hove clearcd 8O milcs of icc sincc Octobcr and tbe harbonr is opcn to evcry sbip of tbe ceast."
    match = verdict_on("The crews have cleared 90 miles of ice since October", SourceText("scan", spoilt * 3))
    assert match.is_blocking


def test_the_archive_is_asked_and_named_when_the_attached_sources_fail() -> None:
    class Archive:
        def closest(self, text: str) -> SourceText | None:
            return BERG

    match = match_quotation("I ask the council to end the strike", (HOLM,), archive=Archive())
    assert match.verdict is Verdict.NOT_FOUND
    assert match.note is not None
    assert "“berg”" in match.note


SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


@pytest.mark.shared
def test_the_human_checkers_verdicts_on_real_statements_come_out() -> None:
    folder = SHARED / "examples" / "unga79"
    if not folder.exists():
        pytest.skip("The real statements lie beside the project, and are not here.")
    from pypdf import PdfReader

    def source(row: dict[str, str]) -> SourceText:
        file = folder / row["file"]
        text = (
            file.read_text()
            if file.suffix == ".txt"
            else "\n\n".join(page.extract_text() for page in PdfReader(file).pages)
        )
        return SourceText(row["id"], text, row["language"], row["speaker"])

    import yaml

    answers = json.loads((folder / "answers.json").read_text())
    for name in ("story-clean.md", "story-faulty.md"):
        _, matter, body = (folder / name).read_text().split("---\n", 2)
        sources = [source(row) for row in yaml.safe_load(matter)["sources"]]
        for row in answers[name]:
            at = body.find(row["quote"])
            cited = re.search(r"\[\^(\w+)\]", body[at:]) if row["where"] == "body" else None
            kind = Kind.NOT_SPEECH if row["verdict"] == "not-speech" else Kind.DIRECT
            ids = (cited[1],) if cited else ()
            match = match_quotation(row["quote"], sources, kind=kind, speaker=row.get("speaker"), cited=ids)
            assert match.verdict == row["verdict"], row["quote"]
