"""Figures: read from prose by value, and compared with the sources."""

from __future__ import annotations

from datetime import date

import pytest

from cryptonewshub.quotations.facts.amounts import find_amounts
from cryptonewshub.quotations.facts.dates import find_dates
from cryptonewshub.quotations.facts.figures import find_figures
from cryptonewshub.quotations.finding import find_quotations
from cryptonewshub.quotations.remarks import remarks_on
from cryptonewshub.quotations.vocabulary import Remark, SourceText

DAY = date(2031, 5, 14)
LEDGER = SourceText(
    "ledger",
    "Statement of the Harbour Board. In 2029 the port of Tarn handled 4.3 million tonnes of grain, which was 80 per "
    "cent of its trade. The Board employs 240 dockers and has spent $12.5 million on two new cranes. The strike of "
    "4 March 2030 closed it for eleven days. A third of the harvest was lost. Some 1,950 ships called.",
    title="Harbour Board statement",
)


def figures_in(story: str, *sources: SourceText) -> list[Remark]:
    remarks = remarks_on(story, quotations=find_quotations(story), sources=sources, published=DAY)
    return [remark for remark in remarks if remark.rule == "figure"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("240", 240),
        ("4.3 million", 4_300_000),
        ("1.5m", 1_500_000),
        ("$2bn", 2e9),
        ("1,234,567", 1_234_567),
        ("two dozen", 24),
        ("a dozen", 12),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("two and a half million", 2_500_000),
        ("two hundred and forty thousand", 240_000),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("300 thousand", 300_000),
    ],
)
def test_numbers_in_newsroom_forms_have_their_value(words, value):
    assert [amount.value for amount in find_amounts(f"It took {words} of them.")] == [pytest.approx(value)]


@pytest.mark.parametrize(
    ("words", "share"),
    [("three-quarters", 75), ("two thirds", 200 / 3), ("half", 50), ("one in five", 20), ("nine out of 10", 90)],
)
def test_shares_are_read_as_per_cent(words, share):
    (amount,) = find_amounts(f"It cost {words} of the voters their seat.")
    assert amount.is_share
    assert amount.value == pytest.approx(share)


@pytest.mark.parametrize(
    "words", ["dozens", "24/7", "10:30", "an F-16", "the 3rd", "COVID-19", "5-to-4", "a few hundred", "747s", "401(k)"]
)
def test_what_counts_nothing_is_no_number(words):
    assert list(find_amounts(f"They spoke of {words} again.")) == []


def test_a_string_of_digits_longer_than_any_count_is_left_alone():
    assert list(find_amounts("9" * 5000)) == []


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("4 March 2022", (2022, 3, 4)),
        ("March 4th, 2022", (2022, 3, 4)),
        ("Sept. 26", (None, 9, 26)),
        ("2024-09-26", (2024, 9, 26)),
        ("28.09.2024", (2024, 9, 28)),
        ("May 2021", (2021, 5, None)),
        ("the 3rd of June", (None, 6, 3)),
    ],
)
def test_dates_are_read(words, parts):
    (found,) = find_dates(f"It began on {words}.")
    assert (found.year, found.month, found.day) == parts


@pytest.mark.parametrize("words", ["31 February 2020", "They may 4 times", "march 10 miles"])
def test_what_is_no_date_is_none(words):
    assert [found for found in find_dates(words) if found.day] == []


@pytest.mark.parametrize(
    ("prose", "text", "kind"),
    [
        ("Some 240 countries agreed.", "240 countries", "count"),
        ("It cost more than $4.3 million.", "$4.3 million", "money"),
        ("It cost 20 euros a day.", "20 euros", "money"),
        ("About 80 per cent left.", "80 per cent", "percent"),
        ("It fell by 5 percentage points.", "5 percentage points", "points"),
        ("They met in 2029.", "2029", "year"),
        ("They bought it in 2029 and most of it again.", "2029", "year"),
        ("The vote on Resolution 1701 failed.", "Resolution 1701", "label"),
        ("The 66-year-old resigned.", "66-year-old", "age"),
        ("They sent 12 new Vestrian air defence systems.", "12 new Vestrian air defence systems", "count"),
    ],
)
def test_a_figure_is_the_shortest_piece_an_editor_would_point_at(prose, text, kind):
    assert [(figure.text, figure.kind) for figure in find_figures(prose)] == [(text, kind)]


def test_a_year_beside_a_percentage_stays_a_year():
    kinds = [
        figure.kind
        for figure in find_figures("It was high in 2029 and 38 per cent this year, between 5 and 10 per cent.")
    ]
    assert kinds == ["year", "percent", "percent", "percent"]


def test_a_figure_that_no_source_has_is_found():
    (remark,) = figures_in("The Board keeps 319 lighthouses along the coast.", LEDGER)
    assert (remark.text, remark.severity) == ("319 lighthouses", "warning")
    assert "no source" in remark.message


@pytest.mark.parametrize(
    ("story", "text", "theirs"),
    [
        ("The Board employs 290 dockers at the port.", "290 dockers", "240 dockers"),
        ("The Board has spent $13.5 million on two new cranes.", "$13.5 million", "$12.5 million"),
        ("Grain was 90 per cent of the trade of the port of Tarn.", "90 per cent", "80 per cent"),
        ("The port of Tarn handled 4.9 million tonnes of grain that year.", "4.9 million tonnes", "4.3 million tonnes"),
        ("The strike of 7 March 2030 closed the port.", "7 March 2030", "4 March 2030"),
    ],
)
def test_another_value_in_a_source_is_shown(story, text, theirs):
    (remark,) = figures_in(story, LEDGER)
    assert (remark.text, remark.severity) == (text, "warning")
    assert f"“{theirs}”" in remark.message
    assert "Harbour Board statement" in remark.message
    assert theirs in remark.suggestion


@pytest.mark.parametrize(
    "story",
    [
        "The Board employs 240 dockers and has spent 12.5 million dollars on cranes.",
        "The port of Tarn handled some four million tonnes of grain in 2029.",
        "More than 4 million tonnes of grain passed through Tarn.",
        "Grain was four-fifths of the trade of Tarn.",
        "Nearly 2,000 ships called at the port.",
        "The strike on March 4th, 2030, closed the port.",
        "The strike of 4 March closed the port.",
        "The strike in March 2030 closed the port.",
        "About 33 per cent of the harvest was lost.",
        "One docker said that it was the first strike.",
        "Two days later the port was open again.",
        "The two leaders of the union met, 12 years after the last strike.",
        "The strike ended in 2031, on 14 May.",
        "© 2031 The Tarn Courier. All rights reserved.",
    ],
)
def test_a_figure_that_a_source_bears_out_and_one_that_nobody_looks_up_pass(story):
    assert figures_in(story, LEDGER) == []


def test_the_day_of_a_source_needs_no_other_proof():
    dated = SourceText("speech", "Friends, the harbour is ours.", published=date(2031, 5, 12))
    assert figures_in("She spoke of the harbour on 12 May.", dated) == []
    assert [remark.text for remark in figures_in("She spoke of the harbour on 9 May.", dated)] == ["9 May"]


def test_the_day_of_a_speech_is_the_speakers_own():
    hers = SourceText("hers", "We will sail.", speaker="Mira Halloran", title="Her speech", published=date(2031, 5, 12))
    his = SourceText("his", "We will stay.", speaker="Tom Barker", published=date(2031, 5, 11))
    (remark,) = figures_in("Mira Halloran said on 11 May that the boats would sail.", hers, his)
    assert "“Her speech” (hers) is dated 12 May 2031" in remark.message
    assert figures_in("Tom Barker said on 11 May that the boats would stay.", hers, his) == []
    assert figures_in("Mira Halloran said on 12 May that the boats would sail.", hers, his) == []


def test_a_figure_inside_a_quotation_is_left_to_the_match():
    story = "“We employ 999 dockers and we feed them all,” said Ada Quill of the Harbour Board."
    assert figures_in(story, LEDGER) == []


def test_figures_of_a_source_in_another_language_count_by_value():
    foreign = SourceText("rede", "Im Hafen arbeiten 777 Menschen.", language="de")
    assert figures_in("Some 777 people work in the harbour.", foreign) == []


def test_a_number_in_words_is_not_missed_beside_a_source_in_another_language():
    foreign = SourceText("svar", "Skipene lå side om side i elleve minutter.", language="nb")
    english = SourceText("reply", "The ships lay side by side for a while.")
    assert figures_in("The ships lay side by side for eleven minutes.", foreign, english) == []
    assert [one.text for one in figures_in("The ships lay side by side for eleven minutes.", english)] == [
        "eleven minutes"
    ]


def test_digits_are_missed_beside_a_source_in_another_language():
    foreign = SourceText("svar", "Skipene lå side om side i 14 minutter, med 30 mann om bord.", language="nb")
    found = figures_in("The ships lay side by side for 14 minutes with 38 sailors aboard.", foreign)
    assert [one.text for one in found] == ["38 sailors"]


@pytest.mark.parametrize(
    ("story", "source"),
    [
        ("Turnout was 61.5%.", "Turnout stood at 61,5 per cent, the commission said."),
        ("More than 3,000 crossed, all told.", "In all 3,120 people crossed the border."),
        ("Some 1.5 million refugees fled.", "The office counts 1,487,000 refugees."),
        ("Two thirds of deputies backed it.", "It was backed by 67 per cent of deputies."),
        ("One in four ships was delayed.", "25 per cent of ships were delayed."),
        ("The council voted 9-3.", "The council voted by nine to three."),
    ],
)
def test_the_same_value_in_other_words_passes(story, source):
    assert figures_in(story, SourceText("s", source)) == []


@pytest.mark.parametrize(
    ("story", "source", "text"),
    [
        ("The programme costs €1.2 million a year.", "The programme costs 1.2 billion euros a year.", "€1.2 million"),
        ("Three people died in the blast.", "Four people died in the blast.", "Three people"),
        ("Article 7 of the treaty was invoked.", "The council invoked Article 5 of the treaty.", "Article 7"),
        ("Mira Halloran, 54, leads the party.", "Mira Halloran, 45, leads the party.", "54"),
        ("He got 15 years in prison for fraud.", "He got 12 years in prison for fraud.", "15 years"),
    ],
)
def test_a_slip_is_held_against_the_sources_value(story, source, text):
    (remark,) = figures_in(story, SourceText("s", source))
    assert remark.text == text
    assert "another value" in remark.message


def test_a_figure_is_told_once():
    assert len(figures_in("It has 319 lamps. All 319 lamps burn.", LEDGER)) == 1


def test_a_story_without_sources_hears_one_note():
    story = "The town has 4,100 houses, 31 schools and 77 bridges. It spent $9 million on roads."
    (remark,) = figures_in(story)
    assert remark.severity == "note"
    assert "4 figures" in remark.message


def test_a_short_story_without_sources_hears_nothing():
    assert figures_in("The town has 31 schools.") == []
