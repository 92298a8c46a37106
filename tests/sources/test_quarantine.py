"""Hostile documents: refused with a sentence, quickly, and nothing of them is left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cryptonewshub.sources import quarantine
from cryptonewshub.sources.extraction import ExtractionError, extract_text
from cryptonewshub.sources.quarantine import extract_safely, read_page_safely
from tests.sources.papers import VTT, bombs, docx, mail, odt, paragraph

BOMBS = bombs()


def told_of(content: bytes, name: str) -> str:
    """The text of a document, or the sentence with which it is refused."""
    try:
        return extract_safely(content, name).text
    except ExtractionError as error:
        sentence = str(error)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_or_read_within_bounds(name: str) -> None:
    began = time.monotonic()
    before = set(os.listdir(tempfile.gettempdir()))
    told = told_of(BOMBS[name], name)
    assert len(told) < 3_000_000
    assert "root:" not in told
    assert "Traceback" not in told
    assert time.monotonic() - began < quarantine.WALL_SECONDS + 20
    assert {left for left in set(os.listdir(tempfile.gettempdir())) - before if left.endswith((".tmp", name))} == set()


@pytest.mark.parametrize(
    "name", ["zeros.docx", "zeros.odt", "lying.docx", "many.docx", "twice.odt", "laughs.docx", "file.docx", "file.odt",
             "deep.docx", "old.docx", "zeros.pdf", "nested.eml", "nothing.vtt"],
)  # fmt: skip
def test_what_no_honest_document_is_like_is_refused(name: str) -> None:
    with pytest.raises(ExtractionError):
        extract_safely(BOMBS[name], name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx(paragraph("The quay closes."))),
        ("a.odt", odt("<text:p>The quay closes.</text:p>")),
        ("a.html", b"<p>The quay closes.</p>"),
        ("a.vtt", VTT.encode()),
        ("a.eml", mail()),
        ("a.txt", b"The quay closes."),
        ("a.md", b"The *quay* closes."),
    ],
)
def test_an_honest_document_reads_the_same_as_without_quarantine(name: str, content: bytes) -> None:
    assert extract_safely(content, name) == extract_text(content, name) == extract_safely(content, name)


def test_a_reader_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(quarantine, "_START", "import time; time.sleep(60)")
    with pytest.raises(ExtractionError, match="more memory or time"):
        extract_safely(b"<p>x</p>", "a.html")


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "bytearray(900_000_000)",
        "open('written.txt', 'w').write('x' * 99999)",
    ],
)
def test_a_reader_that_is_taken_over_can_do_little(act: str, tmp_path: Path) -> None:
    code = f"from cryptonewshub.sources.quarantine import _shut_doors; _shut_doors()\n{act}\nprint('done')"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    tried = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert tried.returncode != 0
    assert "done" not in tried.stdout
    assert "Error" in tried.stderr or tried.returncode < 0


def test_a_reader_loads_neither_django_nor_wagtail() -> None:
    code = (
        "import sys, cryptonewshub.sources.quarantine as q\n"
        "q._read(b'<p>The quay closes on Monday, they said.</p>', {'name': 'x', 'charset': '', 'is_page': True})\n"
        "print(sorted({'django', 'wagtail'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_page_is_read_as_its_article() -> None:
    page = (
        "<html><head><title>Council closes quay | Sund Post</title><meta name='author' content='Ada Holm'>"
        "<meta property='article:published_time' content='2026-03-02'>"
        "<meta property='og:site_name' content='Sund Post'></head><body><nav><a href='/'>Menu of it all</a></nav>"
        "<article><h1>Council closes quay</h1>"
        + "".join(
            f"<p>The council closes quay {n} from Monday, it said in a notice, and no ferry goes.</p>" for n in range(9)
        )
        + "</article><footer>Terms and imprint</footer></body></html>"
    )
    got = read_page_safely(page.encode(), "https://sund.example/quay")
    assert "closes quay 8 from Monday" in got.text
    assert "Menu" not in got.text
    assert (got.about.title, got.about.author, got.about.publisher) == ("Council closes quay", "Ada Holm", "Sund Post")
    assert str(got.about.published) == "2026-03-02"


def test_a_page_whose_article_cannot_be_told_is_read_whole() -> None:
    turns = "".join(f"<div><b>Q:</b> question {n}?</div><div><b>MINISTER:</b> answer {n}.</div>" for n in range(40))
    got = read_page_safely(f"<title>Briefing</title><body>{turns}</body>".encode(), "https://sund.example/")
    assert "answer 39" in got.text
    assert "question 0" in got.text


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ExtractionError, match="needs scripts or a log-in"):
        read_page_safely(b"<html><script>app()</script></html>", "https://sund.example/")


def test_the_encoding_that_a_server_names_is_taken_only_if_it_is_a_plain_one() -> None:
    page = "<p>Frø og så videre.</p>".encode("cp1252")
    assert "Frø og så" in read_page_safely(page, "https://sund.example/", "windows-1252").text
    with pytest.raises(ExtractionError):
        read_page_safely(page, "https://sund.example/", "utf-7")
