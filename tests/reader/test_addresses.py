"""Links to sources open at the words where a browser can do that."""

from __future__ import annotations

import pytest

from cryptonewshub.reader.addresses import media_path, passage_link, safe_link


def test_a_short_passage_is_named_whole() -> None:
    link = passage_link("https://example.org/speech", "never meant to last")
    assert link == "https://example.org/speech#:~:text=never%20meant%20to%20last"


def test_a_long_passage_is_named_by_its_first_and_last_words() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    link = passage_link("https://example.org/", words)
    assert link == "https://example.org/#:~:text=one%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"


def test_commas_hyphens_and_ampersands_of_the_words_mean_themselves() -> None:
    link = passage_link("https://example.org/", "well-known, they & we")
    assert link == "https://example.org/#:~:text=well%2Dknown%2C%20they%20%26%20we"


def test_a_fragment_that_is_there_is_kept() -> None:
    assert passage_link("https://example.org/#part-2", "a word") == "https://example.org/#part-2:~:text=a%20word"


def test_a_pdf_is_opened_plainly() -> None:
    assert passage_link("https://example.org/speech.PDF?x=1", "a word") == "https://example.org/speech.PDF?x=1"


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:x", "", "speech.txt", "https:// example.org", "https://a.example/\u0007", "https://[example/x"),
        *("https://exam]ple/x", "https://ex\u2100mple.org/", "mailto://[x", "https://"),
    ],
)
def test_a_source_without_a_web_address_has_no_link(address: str) -> None:
    assert passage_link(address, "a word") is None
    assert safe_link(address) is None


def test_the_name_of_a_picture_cannot_leave_the_media_folder_or_its_attribute() -> None:
    assert media_path('a b"?.jpg') == "/media/a%20b%22%3F.jpg"
