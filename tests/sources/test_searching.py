"""The archive as the desk asks it: kept up to date, rebuilt when it is gone, and never the reason for a pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from cryptonewshub.config.home import Home
from cryptonewshub.sources.capturing import capture_file
from cryptonewshub.sources.searching import NewsroomArchive, index_file
from tests.cast import TRANSCRIPT

WORDS = "Nobody in this ministry knew that the engine had been painted over twice."


@pytest.fixture
def briefing(home: Home, transactional_db: None, tmp_path: Path) -> Path:
    file = tmp_path / "briefing.txt"
    file.write_text(TRANSCRIPT, encoding="utf-8")
    return file


def test_a_captured_source_is_found_by_its_words(briefing: Path) -> None:
    capture_file(briefing, title="Press briefing")
    found = NewsroomArchive().closest(WORDS)
    assert found is not None
    assert found.title == "Press briefing"


def test_a_description_that_was_corrected_is_the_one_that_is_named(briefing: Path) -> None:
    capture_file(briefing, title="Press briefing")
    capture_file(briefing, title="Press briefing on the Sund ferry")
    found = NewsroomArchive().closest(WORDS)
    assert found is not None
    assert found.title == "Press briefing on the Sund ferry"


def test_a_lost_index_is_built_again(briefing: Path) -> None:
    capture_file(briefing, title="Press briefing")
    index_file().unlink()
    assert NewsroomArchive().closest(WORDS) is not None


def test_words_that_nobody_said_are_in_no_source(briefing: Path) -> None:
    capture_file(briefing, title="Press briefing")
    assert NewsroomArchive().closest("The moon over the harbour was made of seven kinds of cheese.") is None


def test_the_desk_names_the_archived_source_and_still_stops_the_story(briefing: Path) -> None:
    from cryptonewshub.accuracy.checking import check
    from cryptonewshub.articles.document import Block, Document
    from cryptonewshub.quotations.vocabulary import SourceText

    capture_file(briefing, title="Press briefing on the Sund ferry")
    story = Document(title="Ferry", slug="ferry", body=(Block("p", f"“{WORDS}” the minister, Petra Lind, said."),))
    attached = SourceText(id="other", text="The harbour is closed. Nobody should walk on the pier today or tomorrow.")
    report = check(story, [attached], archive=NewsroomArchive())
    assert not report.cleared
    assert "Press briefing on the Sund ferry" in (report.quotations[0].note or "")
