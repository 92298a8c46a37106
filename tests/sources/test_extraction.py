from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from cryptonewshub.sources import extraction
from cryptonewshub.sources.extraction import ExtractedText, ExtractionError, extract_text
from tests.stories.make_pdf import PAGES, pdf

SOURCES = Path(__file__).parents[1] / "stories" / "sources"


def html(body: str) -> str:
    return extract_text(f"<!doctype html><html><body>{body}</body></html>".encode(), "page.html").text


def test_text_is_left_alone_but_for_its_line_ends():
    got = extract_text("\ufeff“One”  two\r\nthree\rfour\n".encode(), "a.txt")
    assert got == ExtractedText("“One”  two\nthree\nfour\n", "text/plain", (0,))


def test_pdf_has_its_pages_parted_by_blank_lines():
    got = extract_text(SOURCES / "orne-speech.pdf")
    assert got.media_type == "application/pdf"
    assert len(got.pages) == 2
    assert got.text[got.pages[1] :].startswith("We have argued about this treaty")
    assert got.text[: got.pages[1]].endswith("\n\n")


def test_pdf_of_the_examples_is_what_its_script_makes():
    assert (SOURCES / "orne-speech.pdf").read_bytes() == pdf(PAGES)


def test_html_has_its_blocks_parted_by_blank_lines_and_no_furniture():
    assert extract_text(SOURCES / "council-notice.html").text.split("\n\n") == [
        "Notice 12 of the Harbour Council",
        "From 1 April fishing boats have the right\u00a0of way until 09.00.\nNaval ships give two days' notice.",
        "The quay is 14 metres deep.",
        "It was opened in 1911.",
    ]


@pytest.mark.parametrize("tag", ["script", "style", "nav", "template", "noscript"])
def test_text_that_a_reader_does_not_see_is_dropped(tag):
    assert html(f"<p>One <{tag}>not <b>this</b></{tag}>two.</p>") == "One two."


def test_inline_markup_does_not_part_words():
    assert html("<p>Un<b>broken</b> <i>and</i>\n spaced</p>") == "Unbroken and spaced"


def test_comments_are_no_text():
    assert html("<p>One<!-- two --> three</p>") == "One three"


def test_page_in_a_named_encoding_is_read_in_it():
    page = '<html><head><meta charset="windows-1252"></head><body><p>Frø “så”</p></body></html>'
    assert extract_text(page.encode("cp1252"), "a.htm").text == "Frø “så”"


def test_deeply_nested_page_is_read_to_its_end():
    assert html("<div>" * 1500 + "<p>At the end.</p>") == "At the end."


def test_markdown_loses_its_signs():
    text = "# Speech\n\nWe will *not* [leave](https://sund.example).\nNever.\n\n- one\n"
    assert extract_text(text.encode(), "a.md").text == "Speech\n\nWe will not leave.\nNever.\n\none"


def blank_pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"PK", "a.docx", "a.docx is damaged, or not what its name says"),
        (b"MZ", "a.exe", "a.exe is of a kind that cannot be read; use .txt,"),
        (b"x", "", "is of a kind that cannot be read"),
        (b"", "a.txt", "a.txt is empty."),
        (bytes(99), "a.txt", "a.txt holds no text."),
        (b" \n", "a.html", "a.html is empty."),
        ("\n\nFrø".encode("latin-1"), "a.txt", "a.txt is not UTF-8 text (line 3); save it as UTF-8."),
        ("<p>Frø".encode("latin-1"), "a.html", "names no other encoding"),
        (b"<script>x</script>", "a.html", "a.html holds no text."),
        (b"<div>" * 3000 + b"x", "a.html", "a.html is nested too deeply"),
        (b"%PDF-1.4\nnothing", "a.pdf", "may be damaged"),
        (blank_pdf(), "a.pdf", "holds no text, only pictures of pages"),
        (blank_pdf("secret"), "a.pdf", "a.pdf is encrypted"),
    ],
)
def test_unusable_document_is_told_in_one_sentence(content, name, sentence):
    with pytest.raises(ExtractionError) as caught:
        extract_text(content, name)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")


def test_missing_file_is_told(tmp_path):
    with pytest.raises(ExtractionError, match=r"absent\.txt is not there"):
        extract_text(tmp_path / "absent.txt")


def test_folder_is_told(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(ExtractionError, match="is a folder"):
        extract_text(tmp_path / "a.txt")


def test_document_over_the_limit_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(extraction, "SIZE_LIMIT", 10)
    (tmp_path / "a.txt").write_text("Far too long.")
    with pytest.raises(ExtractionError, match="is bigger than"):
        extract_text(tmp_path / "a.txt")


def test_remarks_of_the_parser_stay_off_the_screen(capfd, caplog):
    with suppress(ExtractionError):
        extract_text(b"%PDF-1.4\nnothing", "a.pdf")
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_pdf_that_only_forbids_printing_is_read():
    writer = PdfWriter(clone_from=PdfReader(SOURCES / "orne-speech.pdf"))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    assert "forty berths" in extract_text(out.getvalue(), "a.pdf").text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_file_raises_nothing_but_an_extraction_error(data):
    name = data.draw(st.sampled_from(["orne-speech.pdf", "council-notice.html", "vale-statement.txt"]))
    content = bytearray((SOURCES / name).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    with suppress(ExtractionError):
        assert extract_text(bytes(content[: data.draw(st.integers(0, len(content)))]), name).text.strip()


def test_importing_costs_nothing_until_a_document_is_read():
    loaded = "sorted({'pypdf', 'lxml', 'markdown_it'} & set(sys.modules))"
    code = f"import sys, cryptonewshub.sources.extraction; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
