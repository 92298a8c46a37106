"""Watching a newsroom: a clean one is well, and whatever somebody changes behind its back is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.verifier.memory import Seen
from cryptonewshub.verifier.monitor import monitor
from cryptonewshub.verifier.places import Newsroom
from cryptonewshub.verifier.single_file import single_file
from cryptonewshub.verifier.story import Report, Unusable
from tests.verifier.conftest import STORY
from tests.verifier.newsroom import change, failures, page_file

STRANGER = SigningKey("news.example.org/log", b"\x09" * 32).verifier
NEXT_YEAR = datetime(2100, 1, 1, tzinfo=UTC)


def watch(home: Path, seen: Seen | None = None, **more: Any) -> Report:
    """A run long after everything was published."""
    return monitor(Newsroom(home), seen=seen or Seen(), now=more.pop("now", NEXT_YEAR), **more)


def log_key(paper: Path) -> str:
    return str(json.loads((paper / "log" / "keys.json").read_text())["log"][0]["vkey"])


def test_a_clean_newsroom_is_well(paper: Path) -> None:
    seen = Seen()
    report = watch(paper, seen, key=log_key(paper))
    assert report.verified, failures(report)
    assert all(step.holds for step in report.steps), report.steps
    again = watch(paper, seen, key=log_key(paper))
    assert again.verified
    assert again.facts["new"] == 0
    assert again.facts["size"] == report.facts["size"] == seen.size


def test_without_a_key_of_ones_own_it_says_whence_the_key_is(paper: Path) -> None:
    report = watch(paper)
    assert report.verified
    assert "taken from the site itself" in report.steps[0].text


def document(home: Path) -> Path:
    return home / "log" / "content" / page_file(home, STORY).read_text().split('data-content="')[1][:64]


def _letter_on_the_page(home: Path) -> None:
    change(page_file(home, STORY), "on Tuesday at noon", "on Monday at noon")


def _page_without_an_entry(home: Path) -> None:
    change(page_file(home, STORY), document(home).name, "ab" * 32)


def _older_version(home: Path) -> None:
    shutil.copy(page_file(home, f"{STORY}editions/1/"), page_file(home, STORY))


def _missing_page(home: Path) -> None:
    page_file(home, STORY).unlink()


def _another_page(home: Path) -> None:
    shutil.copy(page_file(home, "/"), page_file(home, STORY))


def _removed_page(home: Path) -> None:
    page_file(home, STORY).write_text('<!doctype html><!-- 410 Gone --><a href="/log/proof/1.tlog-proof">proof</a>')


def _changed_document(home: Path) -> None:
    change(document(home), "Tuesday at noon", "Monday at noon")


def _missing_document(home: Path) -> None:
    document(home).unlink()


def _removed_document(home: Path) -> None:
    document(home).chmod(0o644)
    document(home).write_text('{"gone":{"entry":1}}')


def _other_keys(home: Path) -> None:
    change(home / "log" / "keys.json", log_key(home), str(STRANGER))


CHANGES: list[tuple[Callable[[Path], None], str]] = [
    (
        _letter_on_the_page,
        f"{STORY}: The page has “… will sail on Monday at noon.” where “… will sail on Tuesday at noon.”",
    ),
    (_page_without_an_entry, "that edition is not in the log"),
    (_older_version, "It shows version 1; the newest one in the log is 2."),
    (_missing_page, f"{STORY}: The page is not there."),
    (_another_page, "It does not show the story whose address this is."),
    (_removed_page, "It was withdrawn (410), and no withdrawal in the log says so."),
    (_changed_document, "was changed."),
    (_missing_document, "is missing; no withdrawal says so."),
    (_removed_document, "was removed; no withdrawal says so."),
    (_other_keys, "lists other keys (log)"),
]
RUBBISH = [b"", b"\0\1\2", b"{" * 5000, b"<" * 5000, b"<p>" * 5000, "—".encode("utf-16"), b"[]", b"null"]
OF_A_LOG = ["checkpoint", "keys.json", "tile/0/000.p/3", "tile/entries/000.p/3"]


def test_whatever_is_changed_is_told(paper: Path, tmp_path: Path) -> None:
    for act, sentence in CHANGES:
        copy = Path(shutil.copytree(paper, tmp_path / act.__name__))
        key = log_key(copy)
        act(copy)
        assert any(sentence in text for text in failures(watch(copy, key=key))), (sentence, watch(copy, key=key))


def test_rubbish_is_told_in_a_sentence(paper: Path) -> None:
    files = [paper / "log" / name for name in OF_A_LOG] + [document(paper), page_file(paper, STORY)]
    for file in [*files, paper / "site" / "verify" / "words.json", paper / "site" / "sitemap.xml"]:
        key, good = log_key(paper), file.read_bytes()
        file.chmod(0o644)
        for rubbish in RUBBISH:
            file.write_bytes(rubbish)
            # A list of pages without a page in it is no fault: the stories' addresses are in the documents.
            assert file.name == "sitemap.xml" or not watch(paper, key=key).verified, (file, rubbish)
        file.write_bytes(good)
    assert watch(paper).verified


def test_a_page_may_be_a_few_minutes_behind_the_log(paper: Path) -> None:
    _older_version(paper)
    report = watch(paper, now=datetime.now(UTC))
    assert report.verified, failures(report)
    assert any("behind the log" in step.text for step in report.steps)
    assert not watch(paper, now=datetime(2020, 1, 1, tzinfo=UTC)).verified  # a time far ahead excuses nothing


def test_only_the_newest_pages_are_looked_at_when_so_wanted(paper: Path) -> None:
    change(page_file(paper, "/"), "Ferry", "Fairy")
    assert watch(paper, pages=1).verified
    assert not watch(paper).verified


def test_another_list_of_the_sites_own_words_is_told(paper: Path) -> None:
    seen = Seen.read(None)
    words = paper / "site" / "verify" / "words.json"
    first = monitor(Newsroom(paper), seen=seen)
    change(words, '"texts":["', '"texts":["Sold","')
    again = monitor(Newsroom(paper), seen=seen)
    told = "/verify/words.json, the site’s list of its own words, has changed since the last run."
    assert [told in [step.text for step in report.steps] for report in (first, again)] == [False, True]


def test_after_a_withdrawal_all_is_well(paper: Path) -> None:
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.editions.withdrawing import order_withdrawal
    from cryptonewshub.tlog.manifests import Basis

    seen = Seen()
    assert watch(paper, seen).verified
    order_withdrawal(ArticlePage.objects.get(), basis=Basis.PRIVACY, what="a name")
    report = watch(paper, seen)
    assert report.verified, failures(report)
    assert any("2 more were withdrawn by the log" in step.text for step in report.steps)
    fresh = watch(paper)
    assert fresh.verified, failures(fresh)


def test_words_that_were_ordered_away_and_are_still_there_are_found(paper: Path) -> None:
    from cryptonewshub.articles.models import ArticlePage
    from cryptonewshub.editions.withdrawing import order_withdrawal
    from cryptonewshub.tlog.manifests import Basis

    seen = Seen()
    assert watch(paper, seen).verified
    page, sealed = page_file(paper, STORY).read_bytes(), document(paper).read_bytes()
    kept = document(paper)
    order_withdrawal(ArticlePage.objects.get(), basis=Basis.LEGAL)
    page_file(paper, STORY).write_bytes(page)
    kept.chmod(0o644)
    kept.write_bytes(sealed)
    found = failures(watch(paper, seen))
    assert any("whose document is still there" in text for text in found)
    assert any("It shows version 2, which entry" in text for text in found)


def test_the_key_of_another_log_is_not_enough(paper: Path) -> None:
    assert any("not signed by the log’s key" in text for text in failures(watch(paper, key=str(STRANGER))))
    seen = Seen()
    watch(paper, seen)
    with pytest.raises(Unusable, match="another key"):
        watch(paper, seen, key=str(STRANGER))


def test_the_command_keeps_what_it_saw_and_says_how_it_went(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state.json"
    words = ["monitor", str(paper), "--state", str(state), "--key", log_key(paper)]
    assert main(words) == 0
    assert "All is well." in capsys.readouterr().out
    assert Seen.read(state).size == 3
    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["verified"], told["size"], told["new"]) == (True, 3, 0)
    change(document(paper), "Tuesday at noon", "Monday at noon")
    assert main(words) == 1
    assert "SOMETHING IS WRONG." in capsys.readouterr().out


@pytest.mark.parametrize("words", [["nowhere"], ["ftp://x"], [".", "--state", "README.md"], ["http://127.0.0.1:9/"]])
def test_what_cannot_be_watched_is_said_in_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", *words]) == 2
    assert capsys.readouterr().err.startswith("monitor: ")


def test_the_one_file_watches_too(paper: Path, tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_text(single_file(), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(script), "monitor", str(paper), "--state", str(tmp_path / "state")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert (tmp_path / "state").exists()
