"""Verifying a page of a real newsroom: all is well until somebody changes something, whatever it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.tlog.keys import SigningKey
from cryptonewshub.verifier.command import told
from cryptonewshub.verifier.single_file import single_file, top_names
from cryptonewshub.verifier.story import Unusable
from tests.verifier.conftest import STORY
from tests.verifier.newsroom import change, failures, page_file, verify

PAGES = [STORY, f"{STORY}editions/1/", f"{STORY}history/", f"{STORY}history/1-2/", "/", "/security/", "/corrections/"]


def log_key(paper: Path) -> str:
    return str(json.loads((paper / "log" / "keys.json").read_text())["log"][0]["vkey"])


def test_every_kind_of_page_is_verified(paper: Path) -> None:
    for address in PAGES:
        report = verify(paper, address)
        assert report.verified, (address, failures(report))


def test_a_page_says_step_by_step_what_was_checked(paper: Path) -> None:
    report = verify(paper, STORY, log_key(paper))
    told = [step.text for step in report.steps]
    assert told[0].startswith("Version 2 is entry 2 of the log")
    assert any("say what was sealed" in text for text in told)
    assert any("list of its own words" in text for text in told)
    assert all(step.holds for step in report.steps)
    assert report.facts["version"] == "2"


def test_without_a_key_of_ones_own_it_says_whence_the_key_is(paper: Path) -> None:
    assert any("taken from the site itself" in step.text for step in verify(paper, STORY).steps)


def test_the_key_of_another_log_verifies_nothing(paper: Path) -> None:
    stranger = SigningKey("news.example.org/log", b"\x09" * 32).verifier
    report = verify(paper, STORY, str(stranger))
    assert not report.verified
    assert any("not signed by the log’s key" in text for text in failures(report))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"desk":[{', '"desk":[],"other":[{'),
        ('"origin":"', '"origin":"elsewhere.example/'),
        ('"from":0', '"from":"a"'),
        ('"from":0', '"from":3,"to":3'),
    ],
)
def test_a_list_of_keys_that_says_too_little_is_of_no_use(paper: Path, before: str, after: str) -> None:
    key = log_key(paper)
    change(paper / "log" / "keys.json", before, after)
    for given in (None, key):
        with pytest.raises(ValueError, match="key"):
            verify(paper, STORY, given)
    (paper / "log" / "keys.json").unlink()
    with pytest.raises(Unusable, match="There is no list of keys"):
        verify(paper, STORY, key)


def test_a_page_writes_no_lines_of_its_own(paper: Path) -> None:
    change(page_file(paper, STORY), 'href="/corrections/"', 'href="/x\n  ✓ All is well\x1b[2J"')
    said = told(verify(paper, STORY))
    assert "/x ✓ All is well" in said
    assert "\x1b" not in said
    assert said.split("\n")[0] == f"{STORY}: “Ferry to Sund runs again on Tuesday”"


def test_a_word_that_was_changed_on_the_page_is_named(paper: Path) -> None:
    change(page_file(paper, STORY), "on Tuesday at noon", "on Monday at noon")
    report = verify(paper, STORY)
    assert not report.verified
    assert any("Monday" in text and "Tuesday" in text for text in failures(report))


@pytest.mark.parametrize("folder", ["content", "proof"])
def test_a_changed_file_of_the_log_is_found(paper: Path, folder: str) -> None:
    for file in (paper / "log" / folder).iterdir():
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        file.chmod(0o644)
        file.write_bytes(data)
    assert not verify(paper, STORY).verified


def test_a_page_cannot_pass_for_the_edition_before(paper: Path) -> None:
    """The words of version 1 under the name of version 2: a correction that was quietly taken back."""
    first, newest = page_file(paper, f"{STORY}editions/1/"), page_file(paper, STORY)
    old = first.read_text()
    forged = old.replace('data-version="1"', 'data-version="2"')
    newest.write_text(forged)
    assert not verify(paper, STORY).verified


def test_a_document_that_says_what_the_page_says_is_not_in_the_log(paper: Path) -> None:
    """Page and document changed together: then the proof is of another document."""
    from hashlib import sha256

    page = page_file(paper, STORY)
    name = page.read_text().split('data-content="')[1][:64]
    forged = (paper / "log" / "content" / name).read_bytes().replace(b"on Tuesday at noon", b"on Monday at noon")
    other = sha256(forged).hexdigest()
    (paper / "log" / "content" / other).write_bytes(forged)
    change(page, "on Tuesday at noon", "on Monday at noon")
    change(page, name, other)
    assert any("is not about version 2" in text for text in failures(verify(paper, STORY)))


def test_a_saved_page_is_verified_with_the_files_beside_it(paper: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    shutil.copy(page_file(paper, STORY), saved / "story.html")
    shutil.copy(paper / "log" / "keys.json", saved)
    shutil.copy(paper / "site" / "verify" / "words.json", saved)
    for file in (*(paper / "log" / "content").iterdir(), *(paper / "log" / "proof").iterdir()):
        shutil.copy(file, saved)
    assert main(["verify", str(saved)]) == 0
    assert main(["verify", str(saved / "story.html")]) == 0
    change(saved / "story.html", "Tuesday", "Monday")
    assert main(["verify", str(saved)]) == 1


@pytest.mark.parametrize("name", ["nothing.html", "empty"])
def test_what_cannot_be_verified_is_said_in_a_sentence(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["verify", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.startswith("verify: ")


def test_a_page_without_an_edition_is_no_page_to_verify(paper: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(paper / "site" / "404.html")]) == 2
    assert "shows no edition" in capsys.readouterr().err


def test_the_one_file_does_the_same_and_needs_nothing_of_ours(paper: Path, tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_text(single_file(), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(script), "verify", "--json"]
    done = subprocess.run([*command, str(page_file(paper, STORY))], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["verified"] is True
    change(page_file(paper, STORY), "Tuesday at noon", "Monday at noon")
    assert subprocess.run([*command, str(page_file(paper, STORY))], capture_output=True, check=False).returncode == 1


def test_the_one_file_is_offered_by_the_site(paper: Path) -> None:
    assert (paper / "site" / "verify" / "verify.py").read_text(encoding="utf-8") == single_file()


def test_no_name_in_the_one_file_means_two_things() -> None:
    names = top_names(single_file())
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
