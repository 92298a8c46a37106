"""Capture: from an address, a file, pasted text and notes; once, whole, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from warcio.archiveiterator import ArchiveIterator

from cryptonewshub.config.home import Home
from cryptonewshub.sources import archive
from cryptonewshub.sources.capturing import (
    AlreadyArchived,
    Described,
    capture_address,
    capture_again,
    capture_text,
    capture_upload,
)
from cryptonewshub.sources.destinations import FetchRefused
from cryptonewshub.sources.extracted import ExtractionError
from cryptonewshub.sources.models import Source
from cryptonewshub.sources.warc import page_in
from tests.sources.hostile_server import Behaviour, HostileServer, answering, redirecting, serving
from tests.sources.papers import VTT, mail
from tests.stories.make_pdf import PAGES, pdf

PAGE = (
    "<html><head><title>Council closes quay</title><meta property='og:site_name' content='Sund Post'></head><body>"
    "<p>The council of Sund closes the quay from Monday, it said in a notice on Sunday, and all ferries stop there.</p>"
    "</body></html>"
)


@pytest.fixture
def ada(db: None) -> Any:
    return get_user_model().objects.create_user("ada")


@pytest.fixture
def serve(home: Home, db: None, settings: Any) -> Iterator[Callable[[Behaviour], HostileServer]]:
    """Starts a server whose place the operator has named."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def start(behave: Behaviour) -> HostileServer:
            server = stack.enter_context(serving(behave))
            settings.CNH_FETCH_ALLOWED = [server.place]
            return server

        yield start


def kept(home: Home) -> list[Path]:
    return [file for file in home.archive.rglob("*") if file.is_file() and "passages" not in file.name]


def test_a_page_is_kept_as_it_came_and_told_what_it_says_of_itself(
    serve: Callable[[Behaviour], HostileServer], ada: Any
) -> None:
    server = serve(answering(PAGE.encode(), "text/html; charset=utf-8"))
    source = capture_address(f" {server.url('/quay')} ", user=ada)
    assert (source.title, source.publisher, source.language) == ("Council closes quay", "Sund Post", "en")
    assert source.url == server.url("/quay")
    assert source.captured_by == ada
    assert source.kind == Source.Kind.PAGE
    assert "closes the quay from Monday" in source.text
    original = source.original_bytes()
    assert archive.sha256_of(original) == source.sha256
    assert page_in(original) == PAGE.encode()
    assert source.page_sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert "without encryption" in source.remarks


def test_the_warc_file_is_one_that_others_read(serve: Callable[[Behaviour], HostileServer], ada: Any) -> None:
    from io import BytesIO

    server = serve(redirecting("/final"))
    source = capture_address(server.url("/first"), user=ada)
    records = {
        record.rec_type: (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for record in ArchiveIterator(BytesIO(source.original_bytes()), check_digests="raise")
    }
    assert records["response"] == (server.url("/final"), b"<p>At last.</p>")
    assert f"hop: {server.url('/first')}".encode() in records["metadata"][1]
    assert "led to" in source.remarks


def test_a_file_at_an_address_is_kept_as_that_file(serve: Callable[[Behaviour], HostileServer], ada: Any) -> None:
    server = serve(answering(pdf(PAGES), "application/pdf"))
    source = capture_address(server.url("/order"), user=ada)
    assert (source.file_name, source.original_bytes()) == ("order.pdf", pdf(PAGES))
    assert source.place_of(len(source.text)) == "page 2"


@pytest.mark.parametrize(
    ("behave", "sentence"),
    [
        (answering(b"gone", status="404 Not Found"), "answered “404 Not Found”"),
        (answering(b"<html><script>alert(1)</script>", "image/png"), "of the kind image/png"),
        (answering(b"<script>x</script>", "text/html"), "holds no text"),
        (answering(b"%PDF-1.4", "application/pdf"), "damaged"),
        (answering(b""), "is empty"),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    serve: Callable[[Behaviour], HostileServer], home: Home, behave: Behaviour, sentence: str
) -> None:
    server = serve(behave)
    with pytest.raises((FetchRefused, ExtractionError), match=sentence):
        capture_address(server.url())
    assert not Source.objects.exists()
    assert kept(home) == []


def test_the_loopback_is_shut_unless_the_operator_named_it(home: Home, db: None) -> None:
    with serving(answering(PAGE.encode())) as server, pytest.raises(FetchRefused):
        capture_address(server.url())
    assert server.requests == []


def test_the_same_page_is_not_taken_twice(serve: Callable[[Behaviour], HostileServer], home: Home) -> None:
    server = serve(answering(PAGE.encode()))
    first = capture_address(server.url())
    with pytest.raises(AlreadyArchived, match="Council closes quay") as known:
        capture_address(server.url())
    assert known.value.source == first
    assert len(kept(home)) == 1


def test_capture_again_keeps_what_changed_and_links_it(serve: Callable[[Behaviour], HostileServer], ada: Any) -> None:
    pages = [PAGE, PAGE, PAGE.replace("Monday", "Tuesday")]
    server = serve(lambda stream, head: answering(pages.pop(0).encode())(stream, head))
    first = capture_address(server.url(), described=Described(title="Notice", is_confidential=True), user=ada)
    first.readers.add(ada)
    assert capture_again(first) == first
    assert first.seen_again is not None
    second = capture_again(first, user=ada)
    assert second.earlier == first
    assert "Tuesday" in second.text
    assert "Monday" in Source.objects.get(pk=first.pk).text
    assert (second.title, second.is_confidential, list(second.readers.all())) == ("Notice", True, [ada])


def test_a_file_is_described_by_the_editor_and_else_by_itself(home: Home, ada: Any) -> None:
    source = capture_upload("mail.eml", mail(), user=ada, described=Described(publisher="Sund Harbour"))
    assert (source.title, source.author, source.publisher) == ("The quay", "Ada Holm", "Sund Harbour")
    assert source.published == date(2026, 3, 2)
    assert source.kind == Source.Kind.FILE


def test_a_transcript_leads_back_to_its_times(home: Home, db: None) -> None:
    source = capture_upload("briefing.vtt", VTT.encode())
    assert Source.objects.get().place_of(source.text.index("fares")) == "00:12:31"


def test_a_name_that_is_a_path_is_only_a_name(home: Home, db: None) -> None:
    assert capture_upload("../../etc/passwd.txt", b"The quay closes.").file_name == "passwd.txt"
    assert capture_upload("C:\\notes\\quay.txt", b"The quay opens.").title == "quay"


def test_what_a_document_says_of_itself_is_kept_as_one_clean_line(home: Home, db: None) -> None:
    page = b"<title>Two\x02 lines\n of title</title><p>The quay closes on Monday, it was said.</p>"
    assert capture_upload("a.html", page).title == "Two lines of title"


def test_interview_notes_say_with_whom_when_where_and_by_whom(home: Home, ada: Any) -> None:
    notes = Described(
        title="Talk", speaker="Petra Lind", published=date(2026, 3, 2), interview_place="Torvik", interviewer="Ada Holm"
    )
    source = capture_text("Q: Will it close?\r\nLIND: It will.", user=ada, described=notes, kind=Source.Kind.INTERVIEW)
    saved = Source.objects.get()
    assert saved == source
    assert (saved.kind, saved.speaker, saved.interview_place, saved.interviewer) == (
        "interview", "Petra Lind", "Torvik", "Ada Holm",
    )  # fmt: skip
    assert saved.text == "Q: Will it close?\nLIND: It will."


def test_the_language_is_found(home: Home, db: None) -> None:
    norwegian = "Regjeringen sa på mandag at fergen mellom øyene skal gå igjen, og at ingen visste hvorfor den stod."
    assert capture_text(norwegian).language == "nb"
    assert (
        capture_text("Уряд сказав у понеділок, що пором знову ходитиме, і ніхто не знав чому він стояв.").language
        == "uk"
    )


def test_pasted_text_that_is_none_is_refused(home: Home, db: None) -> None:
    with pytest.raises(ExtractionError, match="empty"):
        capture_text(" \n ")
    assert kept(home) == []


def test_a_document_that_another_holds_in_confidence_is_not_given_away(home: Home, ada: Any) -> None:
    capture_text("The quay closes.", user=ada, described=Described(title="Secret", is_confidential=True))
    own = capture_text("The quay closes.", described=Described(title="Notice"))
    assert own.title == "Notice"
    with pytest.raises(AlreadyArchived, match="Notice"):
        capture_text("The quay closes.")
