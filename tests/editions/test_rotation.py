"""Keys change by entries of the log: what was signed before stays valid, and outsiders can follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.editions.entering import enter_keys, sequence_pending, waiting
from cryptonewshub.editions.keys import DESK_KEY, desk_name_of, make_keys, new_key, read_keys, write_keys
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.recovery import LogRefusedError
from cryptonewshub.editions.rotation import current_keys, end_log, retire_log_key, rotate_desk_key, rotate_log_key
from cryptonewshub.editions.sequencing import Submission, found_log
from cryptonewshub.tlog.checkpoints import open_checkpoint
from cryptonewshub.tlog.key_list import EarlierLog, KeyDocument
from cryptonewshub.tlog.keys import VerifierKey
from cryptonewshub.tlog.leaves import sign_manifest
from cryptonewshub.tlog.manifests import Kind, Manifest
from tests.editions.small_log import MONDAY, SmallLog
from tests.faults.oracle import read_log

Draft = Callable[..., ArticlePage]


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _signers(home: Home) -> tuple[VerifierKey, ...]:
    keys = current_keys()
    return open_checkpoint((home.log / "checkpoint").read_bytes(), keys.origin, keys.log_keys()).signed_by


def test_a_new_key_of_the_desk_signs_from_the_next_entry_on(committed_draft: Draft, home: Home) -> None:
    _publish(committed_draft())
    before = current_keys().desk_keys(1)
    new = rotate_desk_key()
    _publish(committed_draft(slug="other"))
    _, leaves, keys = read_log(home.log)
    assert [str(leaf.manifest.kind) for leaf in leaves] == ["genesis", "version", "key", "version"]
    assert (keys.desk_keys(2), keys.desk_keys(3)) == (before, (new,))
    assert leaves[3].signed.key_id == new.id


def test_what_the_old_key_signed_and_the_log_does_not_have_yet_is_signed_anew(
    committed_draft: Draft, home: Home
) -> None:
    with waiting():
        keys = current_keys()
        new = new_key(desk_name_of(keys.origin))
        write_keys(home.keys / DESK_KEY, [new, *read_keys(home.keys, DESK_KEY)])
        enter_keys(KeyDocument(keys.origin, keys.log_keys(1), (new.verifier,)))
        _publish(committed_draft())
    assert len(sequence_pending()) == 2
    _, leaves, _ = read_log(home.log)
    assert leaves[2].signed.key_id == new.verifier.id


def test_two_keys_sign_the_log_until_the_older_is_retired(committed_draft: Draft, home: Home) -> None:
    old = current_keys().log_keys(1)
    new = rotate_log_key()
    assert _signers(home) == (*old, new)
    _publish(committed_draft())
    assert _signers(home) == (*old, new)
    with pytest.raises(LogRefusedError, match="Two keys sign the log already"):
        rotate_log_key()
    with pytest.raises(LogRefusedError, match="Both keys sign until"):
        retire_log_key()
    assert retire_log_key(now=timezone.now() + timedelta(days=91)) == old[0]
    assert _signers(home) == (new,)
    _publish(committed_draft(slug="other"))
    _, leaves, keys = read_log(home.log)
    assert [item.end for item in keys.log] == [4, None]
    assert len(leaves) == 5


def test_a_stolen_key_is_retired_early(committed_newsroom: object, home: Home) -> None:
    with pytest.raises(LogRefusedError, match="Begin with"):
        retire_log_key()
    new = rotate_log_key()
    retire_log_key(early=True)
    assert _signers(home) == (new,)


def test_an_ended_log_takes_nothing_more(committed_draft: Draft, home: Home, caplog: pytest.LogCaptureFixture) -> None:
    index = end_log("news.example.org/log2")
    assert LogEntry.objects.get(index=index).kind == Kind.END
    _publish(committed_draft())
    assert "The log has ended with entry 1; news.example.org/log2 goes on from it." in caplog.text
    assert len(read_log(home.log)[1]) == 2


def test_the_next_log_names_the_one_that_it_goes_on_from(tmp_path: Path) -> None:
    old, new = SmallLog.founded(tmp_path / "old"), SmallLog(tmp_path / "new", tmp_path / "new" / "keys")
    old.append(old.versions(3))
    new.keys_folder.mkdir(parents=True)
    make_keys(new.keys_folder, "merrow-courier.example/log2")
    with_keys = SmallLog(new.home, new.keys_folder)
    checkpoint = open_checkpoint(
        old.folder.read("checkpoint"), "merrow-courier.example/log", [old.log_key.verifier]
    ).checkpoint
    document = KeyDocument(
        "merrow-courier.example/log2",
        (with_keys.log_key.verifier,),
        (with_keys.desk_key.verifier,),
        EarlierLog(checkpoint.origin, checkpoint.size, checkpoint.root),
    )
    found_log(with_keys.folder, document, with_keys.keys_folder)
    manifest = Manifest(kind=Kind.GENESIS, made=MONDAY, doc=sha256(document.to_bytes()).digest())
    with_keys.append([Submission(sign_manifest(manifest, with_keys.desk_key), document.to_bytes())])
    _, leaves, _ = read_log(with_keys.folder.path)
    assert leaves[0].manifest.doc is not None
    assert KeyDocument.parse(with_keys.folder.read(f"doc/{leaves[0].manifest.doc.hex()}")).earlier == document.earlier
