"""The demo newsroom under its own desk: what is published is clear, what is held is held for its planted faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import cryptonewshub
from cryptonewshub.accuracy.checking import check
from cryptonewshub.accuracy.report import Clearance, Report
from cryptonewshub.articles.stories import read_sources, read_story
from cryptonewshub.quotations.vocabulary import Office, Person

DEMO = Path(cryptonewshub.__file__).parent / "demo"
NEWSROOM: dict[str, Any] = yaml.safe_load((DEMO / "newsroom.yaml").read_text(encoding="utf-8"))
EDITIONS = [
    pytest.param(story, edition, id=edition["file"].removeprefix("stories/"))
    for story in NEWSROOM["stories"]
    for edition in story["editions"]
]
PEOPLE = [
    Person(person["name"], tuple(person["aliases"]), tuple(Office(**office) for office in person["offices"]))
    for person in NEWSROOM["people"]
]


def _report(edition: dict[str, Any]) -> Report:
    story = read_story(DEMO / edition["file"])
    clearances = [Clearance(given["rule"], None, given["reason"]) for given in edition.get("clearances", ())]
    return check(story.document, read_sources(story), people=PEOPLE, clearances=clearances)


@pytest.mark.parametrize(("story", "edition"), EDITIONS)
def test_a_published_story_is_clear_and_a_held_one_is_stopped_for_its_faults(
    story: dict[str, Any], edition: dict[str, Any]
) -> None:
    report = _report(edition)
    planted = {(fault["verdict"], fault["quotation"]) for fault in story.get("faults", ())}
    assert {(finding.rule, finding.text.rstrip(",.")) for finding in report.stopping} == planted
    assert report.cleared is (story["status"] == "published")


@pytest.mark.parametrize(("story", "edition"), EDITIONS)
def test_the_desk_has_no_needless_question_about_a_published_story(
    story: dict[str, Any], edition: dict[str, Any]
) -> None:
    if story["status"] == "published":
        warnings = [finding for finding in _report(edition).findings if finding.severity == "warning"]
        assert warnings == []


def test_every_source_and_picture_of_the_demo_is_used() -> None:
    used = set()
    for path in (DEMO / "stories").glob("*.md"):
        story = read_story(path)
        used |= {story.locate(cited.file).name for cited in story.document.sources if cited.file}
        used |= {story.locate(image.file).name for image in story.document.images}
    used |= {Path(author["photo"]).name for author in NEWSROOM["authors"]}
    kept = {file.name for folder in ("sources", "images") for file in (DEMO / folder).iterdir()}
    assert {name for name in kept if not name.endswith(".svg")} - used == set()


def test_the_demo_has_every_kind_of_story() -> None:
    stories = [read_story(path).document for path in (DEMO / "stories").glob("*.md")]
    assert {story.label for story in stories} == {"news", "analysis", "opinion", "live", "explainer"}
    assert {story.ended is None for story in stories if story.label == "live"} == {True, False}
    assert {"ar", "en"} <= {story.language for story in stories}
    changes = {edition["change"] for story in NEWSROOM["stories"] for edition in story["editions"]}
    assert changes == {"first", "update", "clarification", "correction", "retraction"}
    assert any("withdrawn" in story for story in NEWSROOM["stories"])
    assert any(image.focus and image.credit and image.licence for story in stories for image in story.images)
    assert any(story.series for story in stories)
    assert any(block.kind == "row" for story in stories for block in story.body)
