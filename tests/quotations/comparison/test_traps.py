"""Changed words that look like typography, misreading or honest editing, and the honest forms beside them."""

from __future__ import annotations

import pytest

from cryptonewshub.quotations.comparison.folding import fold
from cryptonewshub.quotations.comparison.legibility import Legibility
from cryptonewshub.quotations.comparison.misreading import is_misread, is_misread_division
from cryptonewshub.quotations.comparison.numerals import one_form
from cryptonewshub.quotations.comparison.same_person import is_same_person
from cryptonewshub.quotations.matching import match_quotation
from cryptonewshub.quotations.vocabulary import SourceText, Verdict

TRACED = frozenset((Verdict.EXACT, Verdict.EDITED, Verdict.SHORT))
ROUND = " The harbour of Sund was quiet in the morning, and the council met at nine to talk about the year."


def is_traced(said: str, quoted: str) -> bool:
    return match_quotation(quoted, [SourceText("sund", said + ROUND)]).verdict in TRACED


def clean() -> Legibility:
    return Legibility(fold(ROUND))


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("The captain was ejected by the crew.", "The captain was elected by the crew."),
        ("The secession of Lerk will cost us.", "The recession of Lerk will cost us."),
        ("We are content with the plan of Sund.", "We are consent with the plan of Sund."),
        ("They sent us many tanks for the winter.", "They sent us many thanks for the winter."),
        ("Their ships were banned in Lerk.", "Their ships were banked in Lerk."),
        ("I told Mr Clay that the ferry would leave.", "I told Mr Day that the ferry would leave."),
        ("I have spoken to Carl about the ferry.", "I have spoken to Earl about the ferry."),
        ("It was an atypical winter for Sund.", "It was an a typical winter for Sund."),
        ("I call that amoral and the council knows it.", "I call that a moral and the council knows it."),
        ("The crew is not able to leave Lerk.", "The crew is no table to leave Lerk."),
    ],
)
def test_a_real_word_of_a_clean_source_is_no_misreading(said: str, quoted: str) -> None:
    assert not is_traced(said, quoted)


@pytest.mark.parametrize(
    ("there", "here"),
    [("techno1ogy", "technology"), ("govemment", "government"), ("retumed", "returned")],
)
def test_a_form_that_can_be_no_word_is_a_misreading_in_a_clean_source_too(there: str, here: str) -> None:
    assert is_misread([there], [here], clean())
    assert not is_misread([there], [here], clean(), has_name=True)


def test_words_run_together_or_torn_are_told_from_words_with_a_prefix() -> None:
    assert is_misread_division(["oneofthe"], ["one", "of", "the"], clean())
    assert is_misread_division(["gov", "ernment"], ["government"], clean())
    assert not is_misread_division(["asocial"], ["a", "social"], clean())
    assert not is_misread_division(["in", "formation"], ["information"], clean())


def test_a_short_clean_text_is_not_spoilt_and_a_scan_is() -> None:
    assert not Legibility(fold("The captain was ejected by the crew of the ferry at noon. " + ROUND)).is_spoilt
    scan = "The people hove told the presidcnt that mony of them are reody for tbe year, and evcry one of us knows it. "
    scan += "We have a goverumcnt that will belicve what they said about our economy and about the monev that we need."
    assert Legibility(fold(scan)).is_spoilt


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("We will close the harbour before the winter.", "We will [not] close the harbour before the winter."),
        ("I took the money from the council.", "I [never] took the money from the council."),
        ("It cost us 5 crowns to mend the pier.", "It cost us 5 [million] crowns to mend the pier."),
        ("Close the harbour before the winter, he said.", "[Never] close the harbour before the winter, he said."),
        ("Ships came to Sund in the spring of that year.", "[400] ships came to Sund in the spring of that year."),
        ("We will close the harbour in the winter.", "We will close the harbour in the winter [never]."),
        ("We have many ships in the harbour today.", "We have [400] ships in the harbour today."),
        ("The crew is able to leave the harbour today.", "The crew is [un]able to leave the harbour today."),
        ("We will now and then close the harbour.", "We will [not] ... close the harbour."),
    ],
)
def test_a_bracket_adds_no_negation_and_no_figure(said: str, quoted: str) -> None:
    assert not is_traced(said, quoted)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("They will close it before the winter.", "[The council] will close it before the winter."),
        ("We will close it before the winter comes.", "We will close it [the harbour] before the winter comes."),
        ("We were poor in that year and we saw it.", "We were poor in [2019] and we saw it."),
        ("We will be in the council.", "We will be in the council [which has two of the seven seats]."),
    ],
)
def test_a_bracket_may_explain(said: str, quoted: str) -> None:
    assert is_traced(said, quoted)


def test_a_bracket_at_the_end_is_editing_and_is_named_where_it_stops_a_story() -> None:
    source = SourceText("sund", "We will close the harbour in the winter." + ROUND)
    assert match_quotation("We will close the harbour [of Sund]", [source]).verdict is Verdict.EDITED
    match = match_quotation("We will [not] close the harbour", [source])
    assert match.note is not None
    assert "“not”" in match.note


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("I did not, as some papers claim, take the money.", "I did … take the money."),
        ("We have never, in all my years, lied to Sund.", "We have … lied to Sund."),
        ("We have, in all my years, never lied to Sund.", "We have … lied to Sund."),
        ("I would under no circumstances support him.", "I would … support him."),
        ("I would, by no means, support him in this.", "I would … support him in this."),
        ("It was not in any way our fault that she sank.", "It was … our fault that she sank."),
        ("There is no real hope for the ferry of Lerk.", "There is … hope for the ferry of Lerk."),
        ("We do not fear ice. The harbour is open to all.", "We do … The harbour is open to all."),
    ],
)
def test_an_ellipsis_hides_no_negation_of_words_that_are_kept(said: str, quoted: str) -> None:
    assert not is_traced(said, quoted)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        (
            "We will go on. We do not fear ice. The harbour is open to all.",
            "We will go on. … The harbour is open to all.",
        ),
        ("The harbour, which nobody had cleared, is open to all.", "The harbour … is open to all."),
        ("We came in the spring, not in the autumn, and we found it.", "We came in the spring … and we found it."),
        (
            "We came to Sund with no money. The harbour was open to all.",
            "We came to Sund … The harbour was open to all.",
        ),
        ("We came for not the money but the boats of Sund.", "We came for … the boats of Sund."),
        ("We are going there no matter what they tell us.", "We are going … what they tell us."),
    ],
)
def test_an_ellipsis_may_stand_for_a_clause_with_a_negation_of_its_own(said: str, quoted: str) -> None:
    assert is_traced(said, quoted)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Our trade changed by −5 per cent last year.", "Our trade changed by 5 per cent last year."),
        ("Our trade changed by 5 per cent last year.", "Our trade changed by -5 per cent last year."),
        ("They have 20–25 guns on the island of Lerk.", "They have 2025 guns on the island of Lerk."),
        ("They have 20 25 guns on the island of Lerk.", "They have 2025 guns on the island of Lerk."),
        ("They have 2025 guns on the island of Lerk.", "They have 20-25 guns on the island of Lerk."),
        ("We won the match by 3-0 in the rain.", "We won the match by 30 in the rain."),
        ("The number of fish is 10⁶ and no more.", "The number of fish is 106 and no more."),
        ("The bread costs 5½ crowns in the harbour.", "The bread costs 51/2 crowns in the harbour."),
        ("The bread costs ₴5 in the harbour today.", "The bread costs ₽5 in the harbour today."),
        ("The bread costs ₴5 in the harbour today.", "The bread costs 5 in the harbour today."),
        ("It cost two thousand million to build the pier.", "It cost 2,000 to build the pier."),
        ("I will re-sign from the board this summer.", "I will resign from the board this summer."),
        ("I told them that we're in the harbour at noon.", "I told them that were in the harbour at noon."),
        ("The year was bad, well go on without the ferry.", "The year was bad, we'll go on without the ferry."),
    ],
)
def test_a_sign_that_changes_a_figure_or_a_word_is_no_typography(said: str, quoted: str) -> None:
    assert not is_traced(said, quoted)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Our trade changed by −5 per cent last year.", "Our trade changed by -5 per cent last year."),
        ("Our trade changed by −5 per cent last year.", "Our trade changed by minus five percent last year."),
        ("They have 20–25 guns on the island of Lerk.", "They have 20-25 guns on the island of Lerk."),
        ("The bread costs 5½ crowns in the harbour.", "The bread costs 5 1/2 crowns in the harbour."),
        ("The bread costs ₴5 in the harbour today.", "The bread costs ₴5 in the harbour today."),
        ("We need co-operation and a cease-fire now.", "We need cooperation and a ceasefire now."),
        ("We need cooperation and a ceasefire now.", "We need co-operation and a cease-fire now."),
        ("I will re-\nsign from the board this summer.", "I will resign from the board this summer."),
        ("It was the captains' plan and I dont mind.", "It was the captains’ plan and I don’t mind."),
    ],
)
def test_typography_stays_typography(said: str, quoted: str) -> None:
    assert is_traced(said, quoted)


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("two thousand million", "2000000000"),
        ("one thousand two hundred million", "1200000000"),
        ("two million three hundred thousand", "2300000"),
        ("minus five", "-5"),
    ],
)
def test_scales_multiply_what_stands_before_them(words: str, figure: str) -> None:
    assert one_form(words.split()) == (figure,)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Ivo Marr", "Ida Marr", False),
        ("Anna Lund", "Andreas Lund", False),
        ("Karl Lund", "Karla Lund", False),
        ("Mirela Vale", "M. Vale", True),
        ("J. Vale", "Mirela Vale", False),
        ("Alex Holm", "Alexander Holm", True),
        ("Mike Holm", "Michael Holm", True),
        ("Steven Holm", "Stephen Holm", True),
        ("Ed Holm", "Edward Holm", True),
        ("Oleksandr Holm", "Alexander Holm", True),
        ("Mirela Vale", "Vale", True),
    ],
)
def test_one_letter_in_common_makes_no_person(left: str, right: str, same: bool) -> None:
    assert is_same_person(left, right) is same
    assert is_same_person(right, left) is same


NORWEGIAN = "Vi bodde i Sund lenge før krigen kom til havnen, og Mirela Östberg var der med oss hele vinteren."
HINDI = "यह सुंद का बंदरगाह है और हम यहाँ रहते हैं"


@pytest.mark.parametrize(
    ("said", "quoted", "traced"),
    [
        (NORWEGIAN, NORWEGIAN, True),
        (NORWEGIAN, NORWEGIAN.replace("før", "for"), False),
        (NORWEGIAN, NORWEGIAN.replace("Östberg", "Ostberg"), True),
        (HINDI, HINDI, True),
        (HINDI, HINDI.replace("का", "की"), False),
        (
            "The café of Sund is open and Milošević was there.",
            "The cafe of Sund is open and Milosevic was there.",
            True,
        ),
        ("Wir haben die Mütter in Sund gesehen.", "Wir haben die Mutter in Sund gesehen.", False),
    ],
)
def test_marks_belong_to_a_word_but_in_english_and_in_names(said: str, quoted: str, traced: bool) -> None:
    match = match_quotation(quoted, [SourceText("sund", said, language="no")], language="no")
    assert (match.verdict in TRACED) is traced


def test_vowel_signs_are_part_of_the_word() -> None:
    assert fold("का की").keys == ["का", "की"]
    assert fold("-5 and 20-25").keys == ["-5", "and", "20", "25"]
