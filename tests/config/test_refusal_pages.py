"""What somebody reads who is refused: what it was, that nothing was changed, and what to do next."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpRequest
from django.test import Client
from django.views import defaults

pytestmark = pytest.mark.django_db


def _says(answer: Any, *words: str) -> bool:
    page: str = answer.content.decode()
    return page.startswith("<!doctype html>") and all(each in page for each in words)


def test_a_form_with_a_hundred_thousand_fields_is_refused(newsroom: object) -> None:
    form = urlencode([(f"field-{number}", "x") for number in range(100_000)])
    answer = Client().post("/admin/login/", form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert _says(answer, "This could not be read", "Nothing was changed.")


def test_a_form_that_is_no_longer_good_says_what_becomes_of_the_words(newsroom: object) -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ada"})
    assert answer.status_code == 403
    assert _says(answer, "This form is no longer good", "your words are still in the form")


def test_an_address_without_a_page_leads_on(newsroom: object) -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert _says(answer, "There is no page here", 'href="/admin/"')


def test_an_error_of_ours_says_so() -> None:
    answer = defaults.server_error(HttpRequest())
    assert answer.status_code == 500
    assert _says(answer, "Something went wrong on our side", "try once more")


def test_a_right_that_is_missing_is_named_as_that() -> None:
    answer = defaults.permission_denied(HttpRequest(), PermissionError())
    assert answer.status_code == 403
    assert _says(answer, "Your account has no right to it")
