"""Sources in the editor: a document comes in once, is read, and stays as it came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cryptonewshub.sources.capturing import Described, capture_file, capture_text
from cryptonewshub.sources.models import Source
from tests.sources.hostile_server import answering, serving

ADD = "/admin/snippets/sources/source/add/"
CHOOSE = "/admin/snippets/choose/sources/source/"
WORDS = "The ferry will run on Tuesday, the minister said."


@pytest.fixture
def ada(newsroom: object) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ada", "", "a-long-password"))
    return client


def _post(client: Client, way: str, **fields: object) -> str:
    answer = client.post(f"{ADD}?way={way}", fields, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("way", ["", "address", "files", "text", "interview", "nonsense"])
def test_every_way_in_has_its_form(ada: Client, way: str) -> None:
    answer = ada.get(f"{ADD}?way={way}")
    assert answer.status_code == 200
    assert "Notes or transcript" in answer.content.decode() or way != "interview"


def test_pasted_text_becomes_a_source(ada: Client) -> None:
    _post(ada, "text", title="Statement", text="The ferry will run.\r\nOn Tuesday.")
    source = Source.objects.get()
    assert source.text == "The ferry will run.\nOn Tuesday."
    assert source.original_bytes() == b"The ferry will run.\nOn Tuesday."
    assert source.captured_by is not None
    assert source.kind == Source.Kind.PASTED


def test_files_become_sources_and_those_that_cannot_are_named(ada: Client) -> None:
    page = SimpleUploadedFile("statement.html", f"<p>{WORDS}</p><script>x</script>".encode())
    broken = SimpleUploadedFile("picture.exe", b"MZ\x00")
    shown = _post(ada, "files", documents=[page, broken])
    assert Source.objects.get().text.strip() == WORDS
    assert "picture.exe is of a kind that cannot be read" in shown
    assert "“statement” is in the archive" in shown


def test_an_address_becomes_a_source(ada: Client, settings: Any) -> None:
    with serving(answering(f"<title>Notice</title><p>{WORDS}</p>".encode())) as server:
        settings.CNH_FETCH_ALLOWED = [server.place]
        assert "“Notice” is in the archive" in _post(ada, "address", url=server.url())
    assert Source.objects.get().kind == Source.Kind.PAGE


def test_an_address_inside_is_refused_with_a_sentence(ada: Client) -> None:
    assert "in a private network" in _post(ada, "address", url="http://127.0.0.1/admin/")
    assert "is not a web address" in _post(ada, "address", url="javascript:alert(1)")
    assert not Source.objects.exists()


def test_an_interview_becomes_a_source(ada: Client) -> None:
    told = {"published": "2026-03-02", "interview_place": "Torvik", "interviewer": "Ada Holm", "text": WORDS}
    _post(ada, "interview", speaker="Petra Lind", **told)
    source = Source.objects.get()
    assert (source.title, source.speaker, source.kind) == ("Interview with Petra Lind", "Petra Lind", "interview")


def test_the_same_document_is_not_taken_twice(ada: Client) -> None:
    _post(ada, "text", title="Statement", text=WORDS)
    assert "“Statement” was in the archive already" in _post(ada, "text", title="Other", text=WORDS)
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("way", "sentence"),
    [("address", "required"), ("files", "required"), ("text", "required"), ("interview", "required")],
)
def test_a_source_without_a_document_is_refused(ada: Client, way: str, sentence: str) -> None:
    assert sentence in _post(ada, way)
    assert not Source.objects.exists()


def test_an_original_is_never_replaced(ada: Client) -> None:
    _post(ada, "text", title="Statement", text=WORDS)
    source = Source.objects.get()
    change = {"title": "Statement on the ferry", "language": "en", "text": "The ferry will sink.", "sha256": "0" * 64}
    ada.post(f"/admin/snippets/sources/source/edit/{source.pk}/", change)
    changed = Source.objects.get()
    assert (changed.title, changed.text, changed.sha256) == ("Statement on the ferry", WORDS, source.sha256)


def test_a_source_is_added_from_the_chooser_without_leaving_the_story(ada: Client, settings: Any) -> None:
    assert "Add a source" in ada.get(CHOOSE).content.decode()
    with serving(answering(f"<title>Notice</title><p>{WORDS}</p>".encode())) as server:
        settings.CNH_FETCH_ALLOWED = [server.place]
        answer = ada.post(f"{CHOOSE}create/", {"url": server.url()}).json()
    assert (answer["step"], answer["result"]["string"]) == ("chosen", "Notice")
    again = ada.post(f"{CHOOSE}create/", {"file": SimpleUploadedFile("notice.txt", WORDS.encode())}).json()
    assert again["step"] == "chosen"
    assert "choose its file" in ada.post(f"{CHOOSE}create/", {}).json()["htmlFragment"]


def test_the_chooser_finds_sources_by_their_words(ada: Client) -> None:
    capture_text(WORDS, described=Described(title="Statement"))
    capture_text("Nothing of the kind was said.", described=Described(title="Denial"))
    shown = ada.get(f"{CHOOSE}results/", {"q": "ferry tuesday"}).content.decode()
    assert "Statement" in shown
    assert "Denial" not in shown


def test_the_archive_is_searched_by_words_with_the_words_around_them(ada: Client) -> None:
    capture_text(WORDS)
    capture_text("Nothing of the kind was said.")
    capture_text("Уряд сказав, що пором знову ходитиме.")
    listed = "/admin/snippets/sources/source/"
    shown = ada.get(listed, {"q": "ferry tuesday"}).content.decode()
    assert "on Tuesday, the minister" in shown
    assert "Nothing of the kind" not in shown
    assert "пором знову" in ada.get(listed, {"q": "уряд"}).content.decode()
    assert "no sources match" in ada.get(listed, {"q": "lighthouse"}).content.decode().lower()


def test_a_captured_file_that_comes_again_is_the_same_source(home: object, db: None, tmp_path: Path) -> None:
    file = tmp_path / "briefing.txt"
    file.write_text("The ferry will run.", encoding="utf-8")
    first = capture_file(file, title="Briefing")
    second = capture_file(file, title="Press briefing", publisher="Ministry")
    assert first.pk == second.pk
    assert Source.objects.get().publisher == "Ministry"
