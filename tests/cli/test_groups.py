"""The groups of a new newsroom: what each may do, and that founding again gives nothing back that was taken away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import Page

from cryptonewshub.accuracy.rights import ROLES, role_of
from cryptonewshub.cli.groups import GROUPS, PAGES, found_groups
from tests.accuracy.test_clearing import person

RIGHTS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rights.md"


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_has_a_word_for_the_record_and_a_column_in_the_reference(group: str) -> None:
    assert group in ROLES
    assert group in RIGHTS.read_text(encoding="utf-8")


def test_founding_again_gives_nothing_back_that_an_administrator_took(newsroom: object) -> None:
    found_groups()
    clear = Permission.objects.get(codename="clear_findings")
    Group.objects.get(name="Desk").permissions.remove(clear)
    found_groups()
    assert clear not in Group.objects.get(name="Desk").permissions.all()
    assert {group.name for group in Group.objects.all()} == set(GROUPS)


@pytest.mark.parametrize(
    ("group", "may"),
    [("Reporters", False), ("Translators", False), ("Desk", False), ("Editors", True), ("Moderators", False)],
)
def test_only_editors_publish(group: str, may: bool, newsroom: object) -> None:
    user = person("Somebody", group)
    assert Page.objects.get(slug="front").permissions_for_user(user).can_publish_subpage() is may
    assert ("publish_page" in PAGES.get(group, ())) is may


@pytest.mark.parametrize("group", GROUPS)
def test_the_record_says_what_somebody_is(group: str, newsroom: object) -> None:
    assert role_of(person("Somebody", group)) == ROLES[group]


def test_the_reference_says_who_clears(newsroom: object) -> None:
    [row] = re.findall(r"^\| clear any other finding \|(.*)\|$", RIGHTS.read_text(encoding="utf-8"), re.MULTILINE)
    said = [cell.strip() == "yes" for cell in row.split("|")]
    assert said == ["accuracy.clear_findings" in rights for rights in GROUPS.values()]


@pytest.mark.parametrize("group", GROUPS)
def test_who_may_name_a_topic_may_name_a_series(group: str, newsroom: object) -> None:
    client = Client()
    client.force_login(person("Somebody", group))
    topic, series = (client.get(f"/admin/snippets/articles/{kind}/add/").status_code for kind in ("topic", "series"))
    assert topic == series == (200 if group == "Editors" else 302)
