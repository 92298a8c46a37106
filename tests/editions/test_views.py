"""The editors' list of what readers were told and of what was withdrawn: who reads it, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.cli.groups import GROUPS
from cryptonewshub.editions.entering import waiting
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.tlog.manifests import Basis
from tests.accuracy.test_clearing import person

Draft = Callable[..., ArticlePage]


def _of_group(group: str) -> Client:
    client = Client()
    client.force_login(person("Somebody", group))
    return client


@pytest.mark.parametrize("group", GROUPS)
def test_the_desk_and_the_editors_read_who_ordered_a_withdrawal_and_nobody_else(
    group: str, committed_draft: Draft
) -> None:
    page = committed_draft()
    publish_edition(page.get_latest_revision())
    with waiting():
        order_withdrawal(page, basis=Basis.LEGAL, reference="District court of Torvik, 17/2026")
    client, may = _of_group(group), group in ("Desk", "Editors")
    answer = client.get(reverse("corrections"))
    assert answer.status_code == (200 if may else 302)
    assert ("17/2026" in answer.content.decode()) is may
    assert (reverse("corrections") in client.get(reverse("wagtailadmin_home")).content.decode()) is may


def test_a_withdrawal_stands_there_with_the_address_that_readers_know(committed_draft: Draft) -> None:
    page = committed_draft()
    publish_edition(page.get_latest_revision())
    with waiting():
        order_withdrawal(page, basis=Basis.LEGAL)
    listed = _of_group("Editors").get(reverse("corrections")).content.decode()
    assert "<td>/security/ferry-runs-again/</td>" in listed
    assert "/front/" not in listed
