"""The readers of documents: what stands on the page, in its order, with the way back to page or time."""

from __future__ import annotations

from datetime import date

import pytest

from cryptonewshub.quotations.comparison.turns import turns_of
from cryptonewshub.sources.extracted import ExtractedText, ExtractionError, place_at
from cryptonewshub.sources.extraction import extract_text
from tests.sources.papers import SRT, VTT, docx, mail, odt, paragraph
from tests.stories.make_pdf import PAGES, pdf


def test_word_has_its_paragraphs_tabs_breaks_tables_and_notes():
    body = (
        paragraph("The quay closes.")
        + "<w:p><w:r><w:t>One</w:t><w:tab/><w:t xml:space='preserve'> two</w:t><w:br/><w:t>three</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{paragraph('Depth')}</w:tc><w:tc>{paragraph('14 m')}</w:tc></w:tr></w:tbl>"
    )
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:footnote>{paragraph('A note.')}</w:footnote></w:footnotes>"
    )
    got = extract_text(docx(body, word__footnotes_xml=notes), "a.docx")
    assert got.text == "The quay closes.\n\nOne\t two\nthree\n\nDepth\n\n14 m\n\nA note."
    assert (got.about.title, got.about.author, got.about.published) == ("Quay report", "Ada Holm", date(2026, 3, 2))


def test_word_leaves_out_what_was_deleted_or_moved():
    body = (
        "<w:p><w:del><w:r><w:delText>Never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Always </w:t></w:r></w:ins><w:r><w:t>open.</w:t></w:r></w:p>"
        f"<w:moveFrom>{paragraph('Gone.')}</w:moveFrom>"
    )
    assert extract_text(docx(body), "a.docx").text == "Always open."


def test_word_tells_its_pages():
    body = paragraph("First page.") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Second page.</w:t></w:r></w:p>"
    got = extract_text(docx(body), "a.docx")
    assert [place.label for place in got.places] == ["page 1", "page 2"]
    assert got.text[got.places[1].start :] == "Second page."


def test_opendocument_has_its_paragraphs_spaces_and_notes():
    body = (
        "<text:h>Report</text:h><text:p>The <text:span>quay</text:span>\n   closes<text:s text:c='2'/>today."
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note> Really.</text:p>"
        "<text:tracked-changes><text:deletion><text:p>Never.</text:p></text:deletion></text:tracked-changes>"
        "<text:p>One<text:line-break/>two<text:soft-page-break/> three</text:p>"
    )
    got = extract_text(odt(body), "a.odt")
    assert got.text == "Report\n\nThe quay closes  today. Really.\n\nOne\ntwo three\n\nA note."
    assert place_at(got.places, got.text.index("three")) == "page 2"
    assert got.about.title == "Quay report"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0old", "a.docx", "old or encrypted"),
        (odt("<text:p>x</text:p>", **{"META-INF__manifest_xml": "<m><encryption-data/></m>"}), "a.odt", "encrypted"),
        (docx(""), "a.docx", "holds no text"),
        (odt("<text:p>x</text:p>"), "a.docx", "not what its name says"),
        (docx(paragraph("x")).replace(b"PK\x05\x06", b"PK\x00\x00"), "a.docx", "damaged"),
        (b"no headers", "a.eml", "not an e-mail message"),
        (b"WEBVTT\n\nno cues", "a.vtt", "no lines with times"),
        ("Frø".encode("latin-1"), "a.srt", "not UTF-8"),
    ],
)
def test_unusable_document_is_told_in_one_sentence(content, name, sentence):
    with pytest.raises(ExtractionError, match=sentence) as caught:
        extract_text(content, name)
    assert str(caught.value).endswith(".")


def test_a_transcript_is_running_text_with_its_speakers_and_times():
    got = extract_text(VTT.encode(), "a.vtt")
    assert got.text == (
        "PETRA LIND: Good morning. The ferry will run again, and it will carry 240 passengers a day.\n\n"
        "BO DAHL: Will fares rise?\n\n"
        "PETRA LIND: No, they will not & cannot."
    )
    assert place_at(got.places, got.text.index("240")) == "00:00:04"
    assert place_at(got.places, got.text.index("fares")) == "00:12:31"


@pytest.mark.parametrize(("content", "name"), [(VTT, "a.vtt"), (SRT, "a.srt")])
def test_the_desk_knows_who_speaks_in_a_transcript(content, name):
    got = extract_text(content.encode(), name)
    turn = turns_of(got.text).at(got.text.index("fares"))
    assert turn is not None
    assert turn.label == "BO DAHL"


def test_a_transcript_of_one_speaker_says_who():
    got = extract_text(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Petra Lind>Good morning.\n", "a.vtt")
    assert got.about.speaker == "Petra Lind"


def test_rolling_captions_are_said_once():
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nthe ferry will\n\n"
        "00:02.000 --> 00:03.000\nthe ferry will\nrun again\n\n00:03.000 --> 00:04.000\nrun again\ntoday\n"
    )
    assert extract_text(rolling.encode(), "a.vtt").text == "the ferry will run again today"


def test_mail_has_its_head_and_its_words():
    got = extract_text(mail(attachment="quay.pdf"), "a.eml")
    assert got.text.startswith("From: Ada Holm <ada@sund.example>\nTo: desk@news.example\nDate: ")
    assert got.text.endswith("Subject: The quay\n\nThe quay closes on Monday.")
    assert (got.about.title, got.about.author, got.about.published) == ("The quay", "Ada Holm", date(2026, 3, 2))
    assert got.remarks == ("It has attachments that are not part of this source: quay.pdf.",)


def test_mail_in_html_is_read_as_a_page():
    got = extract_text(mail(html="<p>The <b>quay</b> closes.</p><script>x</script>"), "a.eml")
    assert got.text.endswith("\n\nThe quay closes.")


def test_pages_of_a_pdf_lead_back():
    got = extract_text(pdf(PAGES), "a.pdf")
    assert [place.label for place in got.places] == ["page 1", "page 2"]
    assert place_at(got.places, len(got.text)) == "page 2"
    assert place_at((), 5) == ""


def test_what_was_read_survives_the_way_between_processes():
    import json

    for content, name in ((VTT.encode(), "a.vtt"), (mail(attachment="x.pdf"), "a.eml"), (pdf(PAGES), "a.pdf")):
        got = extract_text(content, name)
        assert ExtractedText.from_json(json.loads(json.dumps(got.as_json()))) == got
