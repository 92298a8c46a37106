"""Withdrawing by order: the log is told first, then every word goes, and the log still proves all of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import baking
from cryptonewshub.delivery.baking import bake_all, bake_pending, file_of, is_everything_due
from cryptonewshub.delivery.models import EVERYTHING, Wanted
from cryptonewshub.editions.entering import sequence_and_tell, waiting
from cryptonewshub.editions.erasing import finish_withdrawals
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import WithdrawalRefused, order_withdrawal, restore
from cryptonewshub.tlog.manifests import Basis

Draft = Callable[..., ArticlePage]
CANARY = "Quillfeather"
SECRET = f"Her name is {CANARY}."
PATH = "/security/ferry-runs-again/"


def _publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def _holding(home: Home) -> list[str]:
    """The files of the newsroom that have the word in them."""
    files = [path for path in home.path.rglob("*") if path.is_file()]
    return sorted(str(path.relative_to(home.path)) for path in files if CANARY.encode() in path.read_bytes())


def _rows_with_the_word() -> list[str]:
    """Tables of the database that have it in any column of any row."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows: Any = cursor.fetchall()
            if any(
                CANARY in str(value) or CANARY.encode() in bytes(str(value), "utf-8") for row in rows for value in row
            ):
                found.append(table)
            if any(
                isinstance(value, bytes | memoryview) and CANARY.encode() in bytes(value)
                for row in rows
                for value in row
            ):
                found.append(table)
    return found


def test_the_words_of_a_withdrawn_story_are_nowhere(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft(more=SECRET))
    page = committed_draft(more=f"{SECRET} It leaves at noon.", change="change: update")
    _publish(page)
    assert _holding(home)
    assert _rows_with_the_word()
    order_withdrawal(page, basis=Basis.PRIVACY, what="a name")
    assert _holding(home) == []
    assert _rows_with_the_word() == []


def test_the_words_leave_every_page_before_all_pages_are_baked(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Baking all of them may take an hour, or wait for somebody who does so already."""
    page = committed_draft(more=SECRET)
    _publish(page)
    _publish(committed_draft(slug="second", published="2026-03-03T09:30:00+01:00"))
    assert len([name for name in _holding(home) if name.startswith("site/")]) > 5
    while_waiting: list[list[str]] = []

    def look_at_the_site() -> list[str]:
        while_waiting.append(_holding(Home(home.site)))
        return []

    monkeypatch.setattr(baking, "write_everything", look_at_the_site)
    order_withdrawal(page, basis=Basis.PRIVACY, what="a name")
    assert while_waiting == [[]]
    assert not Wanted.objects.filter(due__lte=timezone.now()).exists()
    monkeypatch.undo()
    assert bake_all() == []


def test_in_a_large_newsroom_nobody_waits_for_all_pages(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = committed_draft(more=SECRET)
    _publish(page)
    monkeypatch.setattr(baking, "_AT_ONCE", 0)
    monkeypatch.setattr(baking, "write_everything", lambda: pytest.fail("Everything was baked at once."))
    order_withdrawal(page, basis=Basis.PRIVACY, what="a name")
    assert page.withdrawals.get().carried_out is not None
    assert _holding(home) == []
    assert [wanted.address for wanted in Wanted.objects.filter(due__lte=timezone.now())] == [EVERYTHING]
    assert is_everything_due()


def test_a_notice_stands_at_every_address(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft(more=SECRET))
    page = committed_draft(more="It leaves at noon.", change="change: update")
    _publish(page)
    order_withdrawal(page, basis=Basis.PRIVACY, what="a name")
    for address in (PATH, f"{PATH}editions/1/", f"{PATH}editions/2/", f"{PATH}history/", f"{PATH}history/1-2/"):
        page_text = file_of(address).read_text(encoding="utf-8")
        assert page_text.startswith("<!doctype html><!-- 410 Gone -->"), address
        assert "protects somebody’s privacy" in page_text
        assert "What was removed: a name." in page_text
    assert "This story was withdrawn" in file_of("/corrections/").read_text(encoding="utf-8")
    assert "Ferry to Sund" not in file_of("/").read_text(encoding="utf-8")
    assert "Ferry to Sund" not in file_of("/security/").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in home.site.rglob("*.html")}
    bake_all()
    assert {path: path.read_bytes() for path in home.site.rglob("*.html")} == before


def test_the_log_says_that_and_why_and_the_content_document_points_to_it(committed_draft: Draft, home: Home) -> None:
    page = committed_draft(more=SECRET)
    edition = _publish(page)
    order_withdrawal(page, basis=Basis.LEGAL)
    entry = LogEntry.objects.logged().last()
    assert entry is not None
    assert (entry.kind, entry.basis, entry.scope) == ("withdraw", "legal", "whole")
    gone = json.loads((home.log / "content" / edition.sha256).read_bytes())
    assert gone == {"gone": {"entry": entry.index, "basis": "legal", "proof": f"/log/proof/{entry.index}.tlog-proof"}}


def test_nothing_is_removed_before_the_log_has_the_order(committed_draft: Draft, home: Home) -> None:
    page = committed_draft(more=SECRET)
    _publish(page)
    with waiting():
        order_withdrawal(page, basis=Basis.SAFETY)
        bake_pending()
        assert SECRET in file_of(PATH).read_text(encoding="utf-8")
        assert bytes(Edition.objects.get().content)
    sequence_and_tell()
    assert not bytes(Edition.objects.get().content)


@pytest.mark.parametrize("step", ["_empty_page", "_delete_pictures", "scrub_database"])
def test_a_withdrawal_that_was_cut_short_is_completed_by_the_next_bake(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from cryptonewshub.editions import erasing

    def fail(*args: Any) -> None:
        raise OSError("The power went.")

    page = committed_draft(more=SECRET)
    _publish(page)
    with monkeypatch.context() as broken:
        broken.setattr(erasing, step, fail)
        order_withdrawal(page, basis=Basis.SAFETY)
        assert page.withdrawals.get().carried_out is None
    bake_pending()
    assert page.withdrawals.get().carried_out is not None
    assert _holding(home) == []
    assert finish_withdrawals() == []


def test_a_part_is_withdrawn_by_a_version_without_it_and_then_the_earlier_ones(
    committed_draft: Draft, home: Home
) -> None:
    _publish(committed_draft(more=SECRET))
    page = committed_draft(more="It leaves at noon.", change="change: update")
    _publish(page)
    with pytest.raises(WithdrawalRefused, match="Publish a version without the passage first"):
        order_withdrawal(page, basis=Basis.PRIVACY, versions=[2])
    order_withdrawal(page, basis=Basis.PRIVACY, versions=[1])
    assert _holding(home) == []
    assert _rows_with_the_word() == []
    story = file_of(PATH).read_text(encoding="utf-8")
    assert "It leaves at noon." in story
    assert "Withdrawn" in story
    assert file_of(f"{PATH}editions/1/").read_text(encoding="utf-8").startswith("<!doctype html><!-- 410 Gone -->")
    entry = LogEntry.objects.logged().last()
    assert entry is not None
    assert entry.scope == "fields"
    third = _publish(committed_draft(more="It leaves at one.", change="change: update"))
    assert third.version == 3


def test_what_readers_wrote_and_quoted_and_what_the_desk_decided_goes_too(committed_draft: Draft, home: Home) -> None:
    from django.utils import timezone

    from cryptonewshub.accuracy.models import Clearance
    from cryptonewshub.comments.models import Comment, ErrorReport, Letter

    page = committed_draft(more=SECRET)
    _publish(page)
    now = timezone.now()
    Comment.objects.create(article=page, version=1, name="Dov", body=f"I know {CANARY}.", quote=SECRET, made=now)
    ErrorReport.objects.create(article=page, version=1, words=f"{CANARY} is wrong.", passage=SECRET, made=now)
    Letter.objects.create(to="dov@example.org", subject=CANARY, text=f"Read {PATH}", made=now, due=now)
    Clearance.objects.create(article=page, rule="altered", text=SECRET, speaker=CANARY, reason=f"{CANARY} agreed.")
    order_withdrawal(page, basis=Basis.PRIVACY)
    assert _rows_with_the_word() == []
    assert Clearance.objects.count() == 1


def test_a_withdrawn_story_cannot_be_published_or_withdrawn_again(committed_draft: Draft) -> None:
    page = committed_draft(more=SECRET)
    _publish(page)
    order_withdrawal(page, basis=Basis.LEGAL)
    with pytest.raises(PublishBlocked, match="withdrawn by order"):
        _publish(committed_draft(more="A new text.", change="change: update"))
    with pytest.raises(WithdrawalRefused):
        order_withdrawal(page, basis=Basis.LEGAL)


def test_an_unpublished_story_cannot_be_withdrawn(committed_draft: Draft) -> None:
    with pytest.raises(WithdrawalRefused, match="Nothing of this story is published"):
        order_withdrawal(committed_draft(), basis=Basis.LEGAL)


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Wagtail leaves a rendition to the collector
def test_a_picture_that_only_this_story_showed_goes_with_it(committed_draft: Draft, home: Home, tmp_path: Path) -> None:
    from PIL import Image

    for name, colour in (("own.png", "red"), ("shared.png", "blue")):
        (tmp_path / "stories").mkdir(exist_ok=True)
        Image.new("RGB", (40, 30), colour).save(tmp_path / "stories" / name)
    _publish(committed_draft(slug="other", more="![A blue sea](shared.png)"))
    page = committed_draft(more="![A red sea](own.png)\n\n![A blue sea](shared.png)")
    pictures = [image.file for image in _publish(page).read().document.images]
    order_withdrawal(page, basis=Basis.PRIVACY)
    own, shared = (file_of(f"/media/{name}") for name in pictures)
    assert not own.exists()
    assert shared.exists()
    assert not [path for path in home.media.rglob("own*") if path.is_file()]
    assert [path for path in home.media.rglob("shared*") if path.is_file()]


# Wagtail leaves the temporary file of each picture that it resizes to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_pictures_of_updates_and_of_earlier_versions_go_too(committed_draft: Draft, home: Home, tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "stories").mkdir(exist_ok=True)
    for name in ("before.png", "within.png"):
        Image.new("RGB", (40, 30), "red" if name == "before.png" else "blue").save(tmp_path / "stories" / name)
    _publish(committed_draft(more="![A red sea](before.png)"))
    update = ":::update 2026-03-02T09:30:00+01:00 The gates open\nThe cars are on board.\n\n![A blue sea](within.png)"
    page = committed_draft(more=f"{update}\n", change="label: live\nchange: update")
    _publish(page)
    assert [path for path in home.media.rglob("within*") if path.is_file()]
    order_withdrawal(page, basis=Basis.PRIVACY)
    assert not [path for name in ("before*", "within*") for path in home.media.rglob(name) if path.is_file()]


def test_a_restored_story_is_public_again_from_a_copy_of_its_content(committed_draft: Draft, home: Home) -> None:
    page = committed_draft(more=SECRET)
    edition = _publish(page)
    copy = bytes(edition.content)
    withdrawal = order_withdrawal(page, basis=Basis.LEGAL)
    withdrawal.refresh_from_db()
    with pytest.raises(WithdrawalRefused, match="not the content document"):
        restore(withdrawal, [b"{}"], basis=Basis.LEGAL)
    restore(withdrawal, [copy], basis=Basis.LEGAL)
    assert SECRET in file_of(PATH).read_text(encoding="utf-8")
    assert (home.log / "content" / edition.sha256).read_bytes() == copy
    entry = LogEntry.objects.logged().last()
    assert entry is not None
    assert entry.kind == "restore"


def test_an_edition_is_emptied_by_nothing_but_a_logged_order(committed_draft: Draft) -> None:
    page = committed_draft()
    _publish(page)
    with waiting():
        withdrawal = order_withdrawal(page, basis=Basis.LEGAL)
        with pytest.raises(ValueError, match="only when the log has it"):
            Edition.objects.empty(withdrawal)
    with pytest.raises(TypeError):
        withdrawal.delete()
