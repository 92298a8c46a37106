"""Sources in the editor: a document comes in once, is read, and stays as it came."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cryptonewshub.sources.capturing import capture_file
from cryptonewshub.sources.models import Source

ADD = "/admin/snippets/sources/source/add/"


@pytest.fixture
def ada(newsroom: object) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("ada", "", "a-long-password"))
    return client


def _post(client: Client, **fields: object) -> str:
    answer = client.post(ADD, {"title": "Statement", "language": "en", "text": "", **fields})
    return answer.content.decode()


def test_pasted_text_becomes_a_source(ada: Client) -> None:
    _post(ada, text="The ferry will run.\r\nOn Tuesday.")
    source = Source.objects.get()
    assert source.text == "The ferry will run.\nOn Tuesday."
    assert source.original_bytes() == b"The ferry will run.\nOn Tuesday."


def test_a_file_becomes_a_source_with_its_text(ada: Client) -> None:
    _post(ada, original=SimpleUploadedFile("statement.html", b"<p>The ferry will run.</p><script>x</script>"))
    source = Source.objects.get()
    assert source.text.strip() == "The ferry will run."
    assert source.media_type == "text/html"


def test_the_same_document_is_not_taken_twice(ada: Client) -> None:
    _post(ada, text="The ferry will run.")
    assert "in the archive already, as “Statement”" in _post(ada, text="The ferry will run.")
    assert Source.objects.count() == 1


def test_a_source_without_a_document_is_refused(ada: Client) -> None:
    assert "Choose the document’s file" in _post(ada)
    assert not Source.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(ada: Client) -> None:
    answer = _post(ada, original=SimpleUploadedFile("picture.exe", b"MZ\x00"))
    assert "cannot" in answer or "can be read" in answer
    assert not Source.objects.exists()


def test_an_original_is_never_replaced(ada: Client) -> None:
    _post(ada, text="The ferry will run.")
    source = Source.objects.get()
    change = {"title": "Statement on the ferry", "language": "en", "text": "The ferry will sink."}
    ada.post(f"/admin/snippets/sources/source/edit/{source.pk}/", change)
    source.refresh_from_db()
    assert (source.title, source.text) == ("Statement on the ferry", "The ferry will run.")


def test_a_captured_file_that_comes_again_is_the_same_source(home: object, db: None, tmp_path: Path) -> None:
    file = tmp_path / "briefing.txt"
    file.write_text("The ferry will run.", encoding="utf-8")
    first = capture_file(file, title="Briefing")
    second = capture_file(file, title="Press briefing", publisher="Ministry")
    assert first.pk == second.pk
    assert Source.objects.get().publisher == "Ministry"
