"""The house policy in the settings: read by whoever may, changed by a form, and never rewritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cryptonewshub.accuracy.house_policy import adopt_default, current_policy
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import Verdict
from tests.accuracy.test_clearing import person


@pytest.fixture
def cleo(newsroom: object) -> Client:
    adopt_default(now=timezone.now())
    client = Client()
    client.force_login(person("Cleo", "Editors"))
    return client


def form_of(client: Client) -> dict[str, Any]:
    """What a browser would send of the form as it is shown."""
    form = client.get(reverse("house_policy:add")).context["form"]
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_form_says_what_holds_and_saved_as_it_is_it_changes_nothing(cleo: Client) -> None:
    answer = cleo.post(reverse("house_policy:add"), form_of(cleo) | {"reason": "Nothing."})
    assert answer.status_code == 302
    assert HousePolicy.objects.count() == 1


def test_an_editor_changes_the_policy_and_the_record_says_who_and_why(cleo: Client) -> None:
    changed = form_of(cleo) | {"reason": "We ask now.", "verdict_altered": "asks", "short_words": "5"}
    changed["four_eyes"] = ["not-found"]
    cleo.post(reverse("house_policy:add"), changed)
    newest = HousePolicy.objects.get(version=2)
    assert (newest.version, newest.name, newest.why) == (2, "Cleo", "We ask now.")
    policy = current_policy()
    assert Verdict.ALTERED in policy.warns
    assert Verdict.ALTERED not in policy.blocks
    assert policy.four_eyes == {Verdict.NOT_FOUND}
    assert policy.short_words == 5
    assert policy.fillers == HOUSE_POLICY.fillers


def test_a_change_without_a_reason_is_sent_back(cleo: Client) -> None:
    answer = cleo.post(reverse("house_policy:add"), form_of(cleo) | {"reason": "", "short_words": "5"})
    assert answer.status_code == 200
    assert HousePolicy.objects.count() == 1


def test_each_version_is_read_in_plain_sentences(cleo: Client) -> None:
    page = cleo.get(reverse("house_policy:inspect", args=[HousePolicy.objects.get().pk])).content.decode()
    assert "the words differ from the source’s" in page
    assert "not-found" not in page


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_no_version_is_rewritten_even_by_a_superuser(view: str, cleo: Client) -> None:
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "", "a-long-password"))
    number = HousePolicy.objects.get().pk
    assert client.post(reverse(f"house_policy:{view}", args=[number])).status_code == 302
    assert HousePolicy.objects.get().pk == number
    assert reverse("house_policy:edit", args=[number]) not in client.get(reverse("house_policy:index")).content.decode()


def test_a_reporter_reads_no_settings(newsroom: object) -> None:
    client = Client()
    client.force_login(person("Ada", "Reporters"))
    assert client.get(reverse("house_policy:add")).status_code == 302
