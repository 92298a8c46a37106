"""What every index answers, asked of the one in a folder and of the one in a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cryptonewshub.reader.search.files import FileIndex
from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.index import Answer, IndexUnavailable, SearchIndex
from cryptonewshub.reader.search.postgres import PostgresIndex
from cryptonewshub.reader.search.questions import read_question
from tests.postgres import running_postgres
from tests.reader.search.cast import ALL, BUDGET, HARBOUR, PEOPLE, REGJERING, STATEMENT

ZONE = "Europe/Oslo"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture(
    params=[
        "files",
        pytest.param("postgres", marks=[pytest.mark.service, pytest.mark.xdist_group("postgres")]),
    ]
)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    if request.param == "files":
        made: SearchIndex = FileIndex(tmp_path / "search")
    else:
        made = PostgresIndex(request.getfixturevalue("postgres"))
    made.rebuild(ALL, cursor=3)
    return made


def ask(index: SearchIndex, q: str, **fields: str) -> Answer:
    return index.ask(read_question({"q": q, **fields}), zone=ZONE)


def paths(answer: Answer) -> list[str]:
    return [hit.path for hit in answer.hits]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("budget", {BUDGET.path, HARBOUR.path}),  # in other forms too
        ("budgets talk", {BUDGET.path}),
        ("lodz", {BUDGET.path}),  # without its accents
        ("ŁÓDŹ", {BUDGET.path}),
        ('"winter gas"', {BUDGET.path}),
        ('"gas winter"', set()),
        ("winter gas", {BUDGET.path, HARBOUR.path}),
        ("winter -harbour", {BUDGET.path}),
        ("havn", {REGJERING.path}),  # by the stemmer of its own language
        ("havnene", {REGJERING.path}),
        ("promise", {STATEMENT.path}),
        ("finance minister", {PEOPLE[0].path}),
        ("nowhere", set()),
    ],
)
def test_words_are_found_as_one_expects_of_an_archive(index: SearchIndex, asked: str, found: set[str]) -> None:
    answer = ask(index, asked)
    assert set(paths(answer)) == found
    assert answer.total == len(found)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"section": "economy"}, {HARBOUR.path}),
        ({"topic": "gas"}, {BUDGET.path}),
        ({"person": "ada-lund", "kind": "statement"}, {STATEMENT.path}),
        ({"kind": "person", "q": "lund"}, {PEOPLE[0].path}),
        ({"since": "2026-04-01"}, {HARBOUR.path}),
        ({"since": "2026-01-01", "until": "2026-02-28"}, {REGJERING.path}),
    ],
)
def test_a_question_can_be_narrowed(index: SearchIndex, fields: dict[str, str], found: set[str]) -> None:
    assert set(paths(ask(index, **{"q": "", **fields}))) == found


def test_a_section_that_is_named_in_another_script_is_found(index: SearchIndex) -> None:
    index.rebuild([*ALL, replace(HARBOUR, id="story:port", path="/безпека/port/", section="безпека")], cursor=4)
    assert paths(ask(index, "harbour", section="безпека")) == ["/безпека/port/"]
    assert paths(ask(index, "harbour section:Безпека")) == ["/безпека/port/"]
    assert paths(ask(index, "harbour section:economy")) == [HARBOUR.path]


def test_a_filter_with_a_minus_narrows_to_nothing(index: SearchIndex) -> None:
    assert set(paths(ask(index, "winter -topic:gas"))) == {BUDGET.path, HARBOUR.path}


def test_days_are_days_of_the_sites_zone(index: SearchIndex) -> None:
    # 22:30 UTC on 2 March is 23:30 in Oslo, and 3 March in Kyiv.
    question = read_question({"q": "budget", "until": "2026-03-02"})
    assert index.ask(question, zone="Europe/Oslo").total == 1
    assert index.ask(question, zone="Europe/Kyiv").total == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("year", ["0001", "9998", "9999"])
def test_the_first_and_the_last_year_of_all_break_nothing(index: SearchIndex, year: str, zone: str) -> None:
    for fields in ({"q": f"budget since:{year}"}, {"q": f"budget until:{year}"}, {"q": "budget", "until": year}):
        assert index.ask(read_question(fields), zone=zone).total in (0, 2)
    if year == "9999":
        assert index.ask(read_question({"q": "budget", "since": year, "until": year}), zone=zone).total == 2
        assert index.ask(read_question({"q": f"until:{year}"}), zone=zone) == Answer((), 0)


def test_a_word_in_the_title_weighs_more(index: SearchIndex) -> None:
    assert paths(ask(index, "harbour"))[0] == HARBOUR.path
    assert paths(ask(index, "budget"))[0] == BUDGET.path


def test_the_newest_come_first_when_that_is_asked(index: SearchIndex) -> None:
    assert paths(ask(index, "budget", order="newest")) == [HARBOUR.path, BUDGET.path]


def test_the_hit_words_are_marked_by_code_points(index: SearchIndex) -> None:
    hit = next(hit for hit in ask(index, "midnight", kind="story").hits)
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["midnight"]
    assert "🌙" in hit.snippet


@pytest.mark.parametrize(
    ("asked", "meant"), [("harbor", "harbour"), ("mnister", "minister"), ("budget", ""), ("qqqqqqqq", "")]
)
def test_a_misspelt_word_leads_to_the_known_one(index: SearchIndex, asked: str, meant: str) -> None:
    answer = ask(index, asked)
    assert answer.instead == meant


def test_a_changed_story_takes_the_place_of_the_old_one(index: SearchIndex) -> None:
    index.replace(["budget"], [replace(BUDGET, title="No budget this year")], cursor=4)
    assert ask(index, "talks").total == 0
    assert ask(index, "promise").total == 0  # its statements went with it
    assert ask(index, "budget year").total == 1
    assert index.cursor() == 4


def test_putting_in_twice_changes_nothing(index: SearchIndex) -> None:
    index.replace(["budget"], [BUDGET, STATEMENT], cursor=4)
    index.replace(["budget"], [BUDGET, STATEMENT], cursor=4)
    assert ask(index, "budget").total == 2


def test_pages_of_results_follow_each_other_without_gap_or_repetition(index: SearchIndex) -> None:
    many = [replace(HARBOUR, id=f"story:{n}", owner=str(n), path=f"/economy/{n}/") for n in range(45)]
    index.rebuild(many, cursor=45)
    seen = [path for page in ("1", "2", "3", "4") for path in paths(ask(index, "harbour", page=page))]
    assert len(seen) == len(set(seen)) == 45
    assert ask(index, "harbour", page="2").total == 45


def test_hostile_questions_find_nothing_and_break_nothing(index: SearchIndex) -> None:
    for asked in ("' OR 1=1 --", "%00\x00", "a:*", "!!()&|<->", "title:x^9", "{}[]~*?", "\\", "ø" * 500, "a " * 400):
        assert ask(index, asked).total >= 0


def test_an_index_that_was_never_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable):
        ask(FileIndex(tmp_path / "none"), "gas")
    with pytest.raises(IndexUnavailable):
        ask(PostgresIndex("postgresql://nobody@127.0.0.1:1/none"), "gas")


def test_damaged_files_are_said_and_a_rebuild_mends_them(tmp_path: Path) -> None:
    index = FileIndex(tmp_path / "search")
    index.rebuild(ALL, cursor=1)
    for file in (tmp_path / "search").glob("words-*/meta.json"):
        file.write_bytes(b"rubbish")
    with pytest.raises(IndexUnavailable):
        FileIndex(tmp_path / "search").ask(read_question({"q": "a1"}), zone=ZONE)
    index.rebuild(ALL, cursor=1)
    assert ask(index, "budget").total == 2


def test_after_a_rebuild_nothing_is_left_of_what_was_taken_out(tmp_path: Path) -> None:
    index = FileIndex(tmp_path / "search")
    index.rebuild([replace(BUDGET, text="The canaryword sang.")], cursor=1)
    index.rebuild([HARBOUR], cursor=2)
    files = [file for file in (tmp_path / "search").rglob("*") if file.is_file()]
    assert not any(b"canaryword" in file.read_bytes() for file in files)
    assert not any("words-1" in str(file) for file in files)


def test_a_killed_rebuild_leaves_the_old_index_and_the_next_one_clears_up(tmp_path: Path) -> None:
    index = FileIndex(tmp_path / "search")
    index.rebuild([BUDGET], cursor=1)

    def torn() -> Iterator[object]:
        yield HARBOUR
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(torn(), cursor=2)  # type: ignore[arg-type]
    assert ask(index, "talks").total == 1
    assert index.cursor() == 1
    index.rebuild([HARBOUR], cursor=2)
    assert paths(ask(index, "winter")) == [HARBOUR.path]


def test_statements_and_people_are_told_apart(index: SearchIndex) -> None:
    assert {hit.kind for hit in ask(index, "lund").hits} == {Kind.STATEMENT, Kind.PERSON}
    assert ask(index, "promise").hits[0].standing == BUDGET.title
