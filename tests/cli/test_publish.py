"""`cnh publish`: publishes what the desk clears, says what it did, and leaves everything as it was when it cannot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from cryptonewshub.accuracy.models import Hold
from cryptonewshub.articles.models import ArticlePage, SectionPage
from cryptonewshub.cli.main import main
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import file_of
from cryptonewshub.editions.models import Edition
from tests.cast import FALSE_WORDS, write_story


@pytest.fixture(autouse=True)
def opened(committed_newsroom: object, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the test's newsroom where they look for one."""
    home.database.touch()
    monkeypatch.setenv("CNH_HOME", str(home.path))


def test_a_clear_story_is_published_and_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(write_story(tmp_path))]) == 0
    assert capsys.readouterr().out == "Published /security/ferry-runs-again/ as edition 1.\n"
    assert file_of("/security/ferry-runs-again/").is_file()


def test_a_second_run_says_that_nothing_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    story = str(write_story(tmp_path))
    main(["publish", story])
    capsys.readouterr()
    assert main(["publish", story]) == 0
    assert capsys.readouterr().out == "Nothing changed: /security/ferry-runs-again/ is published as edition 1.\n"
    assert Edition.objects.count() == 1


def test_an_edited_story_becomes_edition_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["publish", str(write_story(tmp_path))])
    assert main(["publish", str(write_story(tmp_path, more="It leaves at noon.", change="change: update"))]) == 0
    assert "as edition 2" in capsys.readouterr().out


def test_an_edited_story_without_a_class_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish", str(write_story(tmp_path))])
    assert main(["publish", str(write_story(tmp_path, more="It leaves at noon."))]) == 1
    assert "Say what kind of change this is: minor, update" in capsys.readouterr().out


def test_a_faulty_story_is_stopped_with_the_desks_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(write_story(tmp_path, quotation=FALSE_WORDS))]) == 1
    printed = capsys.readouterr()
    assert "eleven" in printed.out
    assert "Nothing was published" in printed.err
    assert not Edition.objects.exists()
    assert not ArticlePage.objects.get().live


def test_a_rule_can_be_cleared_with_a_reason(tmp_path: Path) -> None:
    story = str(write_story(tmp_path, quotation=FALSE_WORDS))
    reason = "The ministry corrected its transcript on Tuesday."
    assert main(["publish", story, "--clear", f"altered={reason}"]) == 0
    assert [quotation.checked_by for quotation in Edition.objects.get().read().quotations] == ["editor", "desk"]


def test_an_account_that_may_not_clear_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    get_user_model().objects.create_user("ada")
    story = str(write_story(tmp_path, quotation=FALSE_WORDS))
    assert main(["publish", story, "--as", "ada", "--clear", "altered=I heard it."]) == 1
    assert "may not clear findings" in capsys.readouterr().err
    assert main(["publish", story, "--as", "nobody"]) == 2
    assert main(["publish", story, "--translator", "Nobody"]) == 2
    assert not Edition.objects.exists()


def test_the_reason_of_a_refusal_is_kept_for_the_editor(tmp_path: Path) -> None:
    assert main(["publish", str(write_story(tmp_path, quotation=FALSE_WORDS))]) == 1
    assert "eleven" in Hold.objects.get(released=None).reasons
    assert main(["publish", str(write_story(tmp_path))]) == 0
    assert not Hold.objects.filter(released=None).exists()


def test_an_embargo_that_an_editor_set_holds_for_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["publish", str(write_story(tmp_path, quotation=FALSE_WORDS))])
    page = ArticlePage.objects.get().get_latest_revision_as_object()
    page.embargo_until = timezone.now() + timedelta(days=1)
    page.save_revision()
    capsys.readouterr()
    assert main(["publish", str(write_story(tmp_path))]) == 1
    assert "under embargo until" in "".join(capsys.readouterr())
    assert not Edition.objects.exists()


def test_a_clearance_without_a_reason_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(write_story(tmp_path)), "--clear", "altered"]) == 2
    assert "RULE=REASON" in capsys.readouterr().err


def test_a_story_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", str(tmp_path / "none.md")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_related_story_that_is_not_there_is_one_sentence_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = write_story(tmp_path, change="related: [nowhere]")
    story.write_text(story.read_text().replace("section: Security", "section: Harbours"))
    assert main(["publish", str(story)]) == 2
    assert capsys.readouterr().err == (
        f"cnh: {story}: there is no story “nowhere” to put beside it as “related”; check its slug.\n"
    )
    assert not ArticlePage.objects.exists()
    assert not SectionPage.objects.filter(slug="harbours").exists()


def test_a_story_that_the_editor_would_refuse_is_one_sentence_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = write_story(tmp_path, change=f"kicker: {'Ferries ' * 10}")
    assert main(["publish", str(story)]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith(f"cnh: {story}: ")
    assert "60 characters" in sentence
    assert not ArticlePage.objects.exists()


def test_a_story_whose_slug_is_an_address_of_the_newsrooms_own_has_one_beside_it(tmp_path: Path) -> None:
    assert main(["publish", str(write_story(tmp_path, slug="live"))]) == 0
    update = write_story(tmp_path, slug="live", more="It leaves at noon.", change="change: update")
    assert main(["publish", str(update)]) == 0
    assert ArticlePage.objects.get().slug == "live-story"
    assert list(Edition.objects.values_list("version", "path")) == [
        (1, "/security/live-story/"),
        (2, "/security/live-story/"),
    ]


def test_a_section_whose_name_is_an_address_of_the_newsrooms_own_has_one_beside_it(tmp_path: Path) -> None:
    for more in ("", "The ferry sails."):
        story = write_story(tmp_path, more=more, change="change: update" if more else "")
        story.write_text(story.read_text().replace("section: Security", "section: Media"))
        assert main(["publish", str(story)]) == 0
    assert [edition.path for edition in Edition.objects.all()] == ["/media-section/ferry-runs-again/"] * 2
    assert SectionPage.objects.get(title="Media").slug == "media-section"
    assert file_of("/media-section/ferry-runs-again/").is_file()


def test_without_a_newsroom_the_next_step_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNH_HOME", str(tmp_path / "empty"))
    assert main(["publish", str(write_story(tmp_path))]) == 2
    assert "cnh init" in capsys.readouterr().err
