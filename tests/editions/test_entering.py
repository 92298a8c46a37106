"""Entering: every published version is in the public log once, whatever happens, and nothing is shown before it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import file_of
from cryptonewshub.editions import entering
from cryptonewshub.editions.entering import (
    enter_policy,
    enter_restoration,
    enter_withdrawal,
    one_batch,
    sequence_and_tell,
    sequence_pending,
)
from cryptonewshub.editions.models import Edition, LogEntry
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.sequencing import Entered, OpenLog
from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.key_list import KeyDocument, KeyList
from cryptonewshub.tlog.leaves import Leaf, verify_manifest
from cryptonewshub.tlog.manifests import Basis, Change, Kind
from cryptonewshub.tlog.proofs import verify_proof
from cryptonewshub.tlog.reading import read_entries
from cryptonewshub.tlog.tiles import bundles_of

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def _keys(home: Home) -> KeyList:
    return KeyList.parse((home.log / "keys.json").read_bytes())


def _size(home: Home) -> int:
    keys = _keys(home)
    return open_checkpoint((home.log / "checkpoint").read_bytes(), keys.origin, keys.log_keys()).checkpoint.size


def _leaves(home: Home) -> list[Leaf]:
    def read(path: str) -> bytes:
        return (home.log / path).read_bytes()

    return [Leaf.parse(entry) for bundle in bundles_of(_size(home)) for entry in read_entries(bundle, read)]


def _kinds(home: Home) -> list[str]:
    return [str(leaf.manifest.kind) for leaf in _leaves(home)]


def test_a_log_begins_with_its_keys(committed_newsroom: object, home: Home) -> None:
    (leaf,) = _leaves(home)
    assert leaf.manifest.kind is Kind.GENESIS
    assert leaf.manifest.doc is not None
    document = KeyDocument.parse((home.log / "doc" / leaf.manifest.doc.hex()).read_bytes())
    assert document.origin == "localhost:8000/log"
    assert verify_manifest(leaf.signed, document.desk) == document.desk[0]
    assert _keys(home) == KeyList.founded(document)


def test_a_published_version_is_in_the_log_with_a_proof(committed_draft: Draft, home: Home) -> None:
    edition = _publish(committed_draft())
    manifest = _leaves(home)[1].manifest
    assert (manifest.kind, manifest.version, manifest.change) == (Kind.VERSION, 1, Change.FIRST)
    assert manifest.content == bytes.fromhex(edition.sha256)
    assert manifest.article == edition.article.article_id
    keys = _keys(home)
    proof = (home.log / "proof" / "1.tlog-proof").read_bytes()
    index, _ = verify_proof(proof, _leaves(home)[1].to_bytes(), keys.origin, keys.log_keys())
    assert index == edition.entry.index == 1
    assert len(proof) < 2000


def test_each_entry_of_an_article_names_the_one_before_it(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft(slug="other"))
    _publish(committed_draft(more="It leaves at noon.", change="change: update"))
    first, _, second = LogEntry.objects.filter(kind=Kind.VERSION)
    assert _leaves(home)[3].manifest.prev == bytes.fromhex(first.leaf_hash)
    assert (second.index, second.at) == (3, _leaves(home)[3].at.astimezone(UTC))


def test_publishing_the_same_words_again_enters_nothing(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    _publish(committed_draft())
    assert _kinds(home) == ["genesis", "version"]


def test_a_new_address_is_a_move_and_then_a_version(committed_draft: Draft, home: Home) -> None:
    page = committed_draft()
    _publish(page)
    moved = page.get_latest_revision_as_object()
    moved.slug = "ferry-sails"
    moved.choose_change("minor")
    moved.save_revision()
    page.refresh_from_db()
    _publish(page)
    assert _kinds(home) == ["genesis", "version", "move", "version"]
    assert [leaf.manifest.version for leaf in _leaves(home)] == [None, 1, None, 2]


def test_several_acts_in_one_batch_make_one_checkpoint_a_round(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    swaps: list[int] = []
    swap = OpenLog._commit

    def counted(log: Any, standing: Any) -> None:
        swaps.append(standing.checkpoint.size)
        swap(log, standing)

    monkeypatch.setattr(OpenLog, "_commit", counted)
    with one_batch():
        for slug in ("one", "two", "three"):
            _publish(committed_draft(slug=slug))
        _publish(committed_draft(slug="one", more="It leaves at noon.", change="change: update"))
        assert _kinds(home) == ["genesis"]
    assert swaps == [4, 5]
    assert LogEntry.objects.waiting().count() == 0


def test_a_log_that_cannot_be_written_loses_nothing_and_shows_nothing(
    committed_draft: Draft, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    store = home.log / ".state" / "lock.db"
    store.rename(store.with_suffix(".away"))
    edition = _publish(committed_draft())
    assert not edition.entry.is_logged
    assert "has no lock store" in caplog.text
    assert not file_of("/security/ferry-runs-again/").exists()
    _publish(committed_draft(more="It leaves at noon.", change="change: update"))
    store.with_suffix(".away").rename(store)
    assert [entry.index for entry in sequence_and_tell()] == [1, 2]
    assert "It leaves at noon." in file_of("/security/ferry-runs-again/").read_text(encoding="utf-8")


def test_a_key_that_is_missing_keeps_acts_waiting_for_their_signature(
    committed_draft: Draft, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    key = home.keys / "desk.key"
    kept = key.read_bytes()
    key.unlink()
    edition = _publish(committed_draft())
    assert edition.entry.manifest is None
    assert "Restore it from a backup." in caplog.text
    key.write_bytes(kept)
    assert [entry.edition for entry in sequence_pending()] == [edition]


def test_what_is_in_the_log_and_was_not_marked_is_recognised(
    committed_draft: Draft, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(entries: Sequence[Entered]) -> list[LogEntry]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(entering, "_mark", killed)
        with pytest.raises(KeyboardInterrupt):
            _publish(committed_draft())
    assert LogEntry.objects.waiting().count() == 1
    assert sequence_pending() == []
    assert LogEntry.objects.waiting().count() == 0
    assert _kinds(home) == ["genesis", "version"]


def test_withdrawal_and_restoration_name_what_they_concern(committed_draft: Draft, home: Home) -> None:
    edition = _publish(committed_draft())
    withdrawal = enter_withdrawal(edition.article, of=[edition], basis=Basis.PRIVACY)
    enter_restoration(edition.article, edition=edition, of=[withdrawal], basis=Basis.ERROR)
    sequence_pending()
    withdrawn, restored = (leaf.manifest for leaf in _leaves(home)[2:])
    assert (withdrawn.of, withdrawn.basis) == ((1,), Basis.PRIVACY)
    assert (restored.of, restored.content) == ((2,), bytes.fromhex(edition.sha256))
    with pytest.raises(ValueError, match="one or more editions"):
        enter_withdrawal(edition.article, of=[], basis=Basis.LEGAL)


def test_a_policy_is_public_under_its_hash(committed_newsroom: object, home: Home) -> None:
    enter_policy(b'{"v":1}')
    assert _kinds(home) == ["genesis", "policy"]
    assert [file.read_bytes() for file in (home.log / "doc").iterdir() if b"origin" not in file.read_bytes()] == [
        b'{"v":1}'
    ]


def test_keys_can_be_read_by_their_owner_alone(committed_newsroom: object, home: Home) -> None:
    for name in ("log.key", "desk.key"):
        assert (home.keys / name).stat().st_mode & 0o777 == 0o400


def test_nothing_secret_is_in_the_log_folder(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    secrets = [(home.keys / name).read_text().strip().split("+", 4)[4].encode() for name in ("log.key", "desk.key")]
    files = [file for file in Path(home.log).rglob("*") if file.is_file()]
    assert files
    assert not any(secret in file.read_bytes() for file in files for secret in secrets)


def test_the_editor_is_told_what_waits_for_the_log(
    committed_draft: Draft, home: Home, admin_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = committed_draft()
    (home.log / ".state" / "lock.db").unlink()
    _publish(page)
    shown = admin_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Edition 1 is waiting to be entered in the public log." in shown
