from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.cli.main import main

STORIES = Path(__file__).parents[1] / "stories"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "examples"
CLEAN, FAULTY = str(STORIES / "harbour-treaty.md"), str(STORIES / "harbour-treaty-faulty.md")


def checked(capsys, *stories: str) -> list[dict[str, Any]]:
    main(["check", "--json", *stories])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_clean_story_is_cleared(capsys):
    assert main(["check", CLEAN]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2].startswith("5 of 5 quotations traced.")
    assert lines[-1] == "Ready to publish."


def test_faulty_story_is_stopped(capsys):
    assert main(["check", FAULTY]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Not to be published: 5 findings stop it."


def test_verdicts_of_the_faulty_story(capsys):
    (told,) = checked(capsys, FAULTY)
    assert [(quotation["text"].split()[0], quotation["verdict"]) for quotation in told["quotations"]] == [
        ("will", "altered"),
        ("We", "altered"),
        ("The", "other-speaker"),
        ("fifty", "altered"),
        ("Nobody", "not-found"),
        ("grey", "not-speech"),
    ]


def test_each_story_has_a_line_in_the_order_asked(capsys):
    told = checked(capsys, FAULTY, CLEAN)
    assert [line["story"]["path"] for line in told] == [FAULTY, CLEAN]
    assert [line["cleared"] for line in told] == [False, True]


def test_unusable_story_is_told_and_the_others_are_reported(capsys, tmp_path):
    assert main(["check", "--json", str(tmp_path / "absent.md"), CLEAN]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err == f"cnh: {tmp_path / 'absent.md'}: there is no such file.\n"


def test_unreadable_source_makes_the_story_unusable(capsys, tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: T\nsources:\n  - id: a\n    file: a.pdf\n---\nText.[^a]\n")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert main(["check", str(tmp_path / "a.md")]) == 2
    assert capsys.readouterr().err.startswith(
        f"cnh: {tmp_path / 'a.md'}: the source “a” cannot be read: a.pdf is not a PDF"
    )


def test_text_without_sources_is_unsourced(capsys):
    (told,) = checked(capsys, str(STORIES / "letter.txt"))
    assert {quotation["verdict"] for quotation in told["quotations"]} == {"unsourced"}
    assert not told["cleared"]


def test_offsets_cut_the_plain_text_of_the_block(capsys):
    from cryptonewshub.articles.stories import read_story

    document = read_story(Path(CLEAN)).document
    (told,) = checked(capsys, CLEAN)
    for quotation in told["quotations"]:
        text = document.title if quotation["block"] is None else document.body[quotation["block"]].text
        assert text[quotation["start"] : quotation["end"]] == quotation["text"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "the following arguments are required: WORD; “cnh --help” says what it takes."),
        (["check"], "the following arguments are required: STORY; “cnh check --help” says what it takes."),
        (["chek"], "“chek” is not a word of cnh, did you mean “check”? “cnh --help” says what it takes."),
        (["check", "--jsn", "a.md"], "unrecognized arguments: --jsn; “cnh --help” says what it takes."),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(capsys, words, sentence):
    assert main(words) == 2
    assert capsys.readouterr().err == f"cnh: {sentence}\n"


def test_interruption_is_quiet(capsys, monkeypatch):
    def interrupted(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("cryptonewshub.cli.check.run", interrupted)
    assert main(["check", CLEAN]) == 130
    assert capsys.readouterr() == ("", "")


def test_help_names_every_word(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"    {word} " in out for word in ("init", "serve", "check", "quotes", "publish", "bake"))


def cnh(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cryptonewshub", *words]
    environment = {**os.environ, **environment}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def test_reader_that_leaves_early_is_no_error():
    process = cnh("check", *[CLEAN] * 30)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert err == b""


def test_marks_are_written_as_utf_8_whatever_the_locale():
    out, err = cnh("check", CLEAN, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").communicate()
    assert err == b""
    assert "“whatever the winter brings”" in out.decode("utf-8")


def test_check_needs_no_newsroom(tmp_path):
    shutil.copytree(STORIES, tmp_path / "stories")
    home = tmp_path / "home"
    cnh("check", str(tmp_path / "stories" / "harbour-treaty.md"), CNH_HOME=str(home)).communicate()
    assert not home.exists()


@pytest.mark.shared
@pytest.mark.parametrize("name", ["story-clean.md", "story-faulty.md"])
def test_real_story_agrees_with_the_careful_human(capsys, name):
    folder = SHARED / "unga79"
    if not folder.exists():
        pytest.skip("the example stories are not beside this checkout")
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    (told,) = checked(capsys, str(folder / name))
    got = [(quotation["where"], quotation["text"], quotation["verdict"]) for quotation in told["quotations"]]
    assert got == [(answer["where"], answer["quote"], answer["verdict"]) for answer in answers[name]]
    speakers = [quotation["speaker"] for quotation in told["quotations"]]
    for speaker, answer in zip(speakers, answers[name], strict=True):
        assert speaker == answer.get("speaker", speaker)
    found = {(finding["rule"], finding["text"]) for finding in told["findings"]}
    others = answers.get(f"{name} other findings", [])
    assert {(other["rule"], other["text"]) for other in others} <= found
    assert told["cleared"] is (name == "story-clean.md")


@pytest.mark.shared
def test_real_page_disagrees_with_itself(capsys):
    folder = SHARED / "reference-page"
    if not folder.exists():
        pytest.skip("the example page is not beside this checkout")
    (told,) = checked(capsys, str(next(folder.glob("*.txt"))))
    assert "inconsistent-quotation" in {finding["rule"] for finding in told["findings"]}
    assert len(told["quotations"]) >= 5
