from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.articles.blanking import readable_markdown, readable_text
from cryptonewshub.cli.main import main
from cryptonewshub.sources.extraction import extract_text

STORIES = Path(__file__).parents[1] / "stories"
LETTER = "“Nobody asked me for the number,” Ada Holm said.\n"


def quotes(capsys, *files: Path | str) -> list[dict[str, Any]]:
    main(["quotes", "--json", *map(str, files)])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def cut(told: dict[str, Any], text: str) -> list[str]:
    return [text[quotation["start"] : quotation["end"]] for quotation in told["quotations"]]


def test_each_file_has_a_line_with_the_promised_keys(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LETTER)
    (told,) = quotes(capsys, path)
    assert told == {
        "file": str(path),
        "quotations": [
            {
                "start": 1,
                "end": 32,
                "text": "Nobody asked me for the number,",
                "speaker": "Ada Holm",
                "cue": "said",
                "kind": "direct",
            }
        ],
    }
    assert list(told) == ["file", "quotations"]
    assert " ".join(told["quotations"][0]) == "start end text speaker cue kind"


@pytest.mark.parametrize("name", ["harbour-treaty.md", "harbour-treaty-faulty.md", "letter.txt"])
def test_offsets_cut_the_text_of_the_file(capsys, name):
    (told,) = quotes(capsys, STORIES / name)
    text = (STORIES / name).read_bytes().decode("utf-8")
    assert told["quotations"]
    assert cut(told, text) == [quotation["text"] for quotation in told["quotations"]]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_byte_order_mark_and_windows_line_ends_count(capsys, tmp_path, name):
    text = "\ufeffA quay\r\n\r\n" + LETTER.replace("\n", "\r\n")
    (tmp_path / name).write_bytes(text.encode())
    (told,) = quotes(capsys, tmp_path / name)
    assert cut(told, text) == ["Nobody asked me for the number,"]


def test_offsets_count_code_points(capsys, tmp_path):
    text = "🚢🚢 a\u0301 " + LETTER
    (tmp_path / "a.txt").write_text(text)
    assert cut(quotes(capsys, tmp_path / "a.txt")[0], text) == ["Nobody asked me for the number,"]


def test_front_matter_is_searched_for_its_prose_only(capsys, tmp_path):
    text = '---\ntitle: "Sund “will wait” for Lerk"\nslug: "a-slug"\nsection: "Sea"\n---\n\n' + LETTER
    (tmp_path / "a.md").write_text(text)
    assert cut(quotes(capsys, tmp_path / "a.md")[0], text) == ["will wait", "Nobody asked me for the number,"]


def test_quotation_that_runs_over_a_line_end_is_found_whole(capsys, tmp_path):
    text = "The quay\nclosed.\n\n“Nobody ever asked me for\nthe number,” Ada Holm said.[^vale]\n"
    (tmp_path / "a.md").write_text(text)
    assert cut(quotes(capsys, tmp_path / "a.md")[0], text) == ["Nobody ever asked me for\nthe number,"]


def test_wrapped_text_file_is_read_as_paragraphs(capsys):
    (told,) = quotes(capsys, STORIES / "letter.txt")
    assert [quotation["text"] for quotation in told["quotations"]] == [
        "I have counted every ship that passed since I was a girl,",
        "Nobody ever asked me\nfor the number.",
    ]


def test_html_and_pdf_are_cut_from_their_extracted_text(capsys, tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<h1>A quay</h1><p>“Nobody asked <i>me</i> for the number,” Ada Holm said.</p>")
    (told,) = quotes(capsys, page)
    assert cut(told, extract_text(page).text) == ["Nobody asked me for the number,"]


def test_unusable_file_is_told_and_the_others_are_listed(capsys, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    assert main(["quotes", "--json", str(tmp_path / "absent.txt"), str(tmp_path / "a.txt")]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err == f"cnh: {tmp_path}/absent.txt is not there.\n"


def test_empty_text_has_no_quotations(capsys, tmp_path):
    (tmp_path / "a.txt").write_text("")
    assert quotes(capsys, tmp_path / "a.txt") == [{"file": str(tmp_path / "a.txt"), "quotations": []}]


def test_terminal_lists_each_quotation(capsys, tmp_path):
    (tmp_path / "a.txt").write_text(LETTER)
    assert main(["quotes", str(tmp_path / "a.txt")]) == 0
    assert "1–32  direct  Ada Holm (said): “Nobody asked me for the number,”" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "\ufeff---\r\ntitle: x\r\n---\r\nText.[^a]\r\n\r\n> a\r\n> b\r", "a\nb\n\nc", "---\n"]
)
def test_readable_text_keeps_every_offset(text):
    assert len(readable_markdown(text)) == len(text)
    assert len(readable_text(text)) == len(text)
