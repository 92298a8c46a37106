"""Planting: a seeded newsroom is one that the editor, the desk, the log and the readers' pages could have made."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.utils import timezone

from cryptonewshub.articles.document import Block
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.delivery.baking import bake_all, file_of
from cryptonewshub.editions.auditing import Spare, audit
from cryptonewshub.editions.content import Change
from cryptonewshub.editions.entering import log_folder
from cryptonewshub.editions.keeping import Sealed, keep_editions
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.sealing import _words_of, preview_of
from cryptonewshub.people.models import Author
from cryptonewshub.seeding import inventing, planting
from cryptonewshub.seeding.inventing import article_id
from cryptonewshub.seeding.planting import SeedRefused, seed
from cryptonewshub.sources.models import Source

pytestmark = pytest.mark.usefixtures("committed_newsroom")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planting, "BATCH", 20)
    monkeypatch.setattr(planting, "_ENTERED_AT_ONCE", 40)


def test_every_edition_is_in_the_log_and_the_log_holds() -> None:
    assert seed(50) == 50
    assert (Edition.objects.count(), Edition.objects.logged().count()) == (52, 52)
    assert not LogEntry.objects.waiting().exists()
    assert audit(log_folder(), Spare()) == []
    assert [edition.article.article_id for edition in Edition.objects.telling()] == [article_id(32), article_id(7)]
    assert seed(50) == 0


def test_what_was_sealed_is_what_the_desk_would_seal_now() -> None:
    seed(20)
    for page in ArticlePage.objects.filter(article_id__in=map(article_id, (0, 7, 19))):
        edition = Edition.objects.of(page).last()
        assert edition
        now = preview_of(page.get_latest_revision_as_object(), now=timezone.now())
        assert _words_of(now) == _words_of(edition.read())


def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    keep = keep_editions
    done: list[int] = []

    def killed(sealed: list[Sealed]) -> list[Edition]:
        done.append(len(sealed))
        if len(done) in (2, 5):  # in the second batch, and, in the run after it, among the corrections
            raise KeyboardInterrupt
        return keep(sealed)

    with monkeypatch.context() as patched:
        patched.setattr(planting, "keep_editions", killed)
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                seed(50)
    assert seed(50) == 10
    assert seed(50) == 0
    assert Edition.objects.logged().count() == 52
    kept = {
        (edition.read().article, edition.version): edition.read().document.body for edition in Edition.objects.all()
    }
    assert kept == _expected(50)
    assert audit(log_folder(), Spare()) == []


def _expected(total: int) -> dict[tuple[UUID, int], tuple[Block, ...]]:
    stories = [inventing.invent(number, total) for number in range(total)]
    firsts = {(story.article, 1): (story.before or story.document).body for story in stories}
    return firsts | {(story.article, 2): story.document.body for story in stories if story.correction}


def test_a_planted_story_is_corrected_and_published_as_any_other() -> None:
    seed(20)
    page = ArticlePage.objects.get(article_id=article_id(7))
    draft = page.get_latest_revision_as_object()
    draft.title = "Another headline"
    draft.choose_change("update")
    edition = publish_edition(draft.save_revision()).edition
    assert edition.version == 3
    assert edition.read().corrections[0].change is Change.CORRECTION


def test_its_pages_are_baked() -> None:
    seed(8)
    bake_all()
    path = Edition.objects.get(article__article_id=article_id(7), version=2).path
    assert "would take" in file_of(path).read_text(encoding="utf-8")
    assert file_of(f"{path}history/1-2/").is_file()
    assert ArticlePage.objects.get(article_id=article_id(7)).get_parent().numchild >= 1
    assert Author.objects.count() == 24
    assert Source.objects.count() == 1


def test_a_newsroom_with_stories_of_its_own_is_left_alone(committed_draft: Callable[..., ArticlePage]) -> None:
    committed_draft()
    with pytest.raises(SeedRefused, match="this newsroom has 1 story of its own"):
        seed(20)
    assert ArticlePage.objects.count() == 1
    assert seed(20, beside_own=True) == 20


def test_another_size_than_before_is_refused() -> None:
    seed(20)
    with pytest.raises(SeedRefused, match="another number of stories"):
        seed(200)
