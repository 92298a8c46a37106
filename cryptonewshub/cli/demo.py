"""Loading the demo newsroom: an invented sea, its states and their news, published by the same acts as any story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from cryptonewshub.accuracy.clearing import clear
from cryptonewshub.articles.doors import PublishBlocked
from cryptonewshub.articles.drafting import draft_article, library_picture
from cryptonewshub.articles.models import ArticlePage, FrontPage, FrontPin, Policies, SectionPage, Series, Topic
from cryptonewshub.articles.stories import read_story
from cryptonewshub.cli.demo_comments import load_demo_comments
from cryptonewshub.cli.progress import Step
from cryptonewshub.config.home import Home
from cryptonewshub.editions.entering import one_batch
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.people.models import Author, NewsPerson, Office
from cryptonewshub.sources.models import Source
from cryptonewshub.tlog.manifests import Basis

FOLDER = Path(__file__).resolve().parent.parent / "demo"


def load_demo(home: Home) -> None:
    """Loads what is missing of the demo. A story that is there already is left as its editor has it."""
    newsroom: dict[str, Any] = yaml.safe_load((FOLDER / "newsroom.yaml").read_text(encoding="utf-8"))
    missing = [story for story in newsroom["stories"] if not ArticlePage.objects.filter(slug=story["slug"]).exists()]
    if not missing:
        return
    with Step("Loading the demo newsroom") as step:
        with one_batch():
            _load_register(newsroom)
            for done, story in enumerate(missing, start=1):
                _load_story(story)
                step.at(done, len(missing))
            _arrange_the_front(newsroom["front"], newsroom["breaking"])
            _show_copies(newsroom["copies"])
        for story in missing:
            _withdraw(story)
        load_demo_comments(FOLDER / "comments.yaml")


@transaction.atomic
def _load_register(newsroom: dict[str, Any]) -> None:
    front = FrontPage.objects.get()
    for section in newsroom["sections"]:
        if not SectionPage.objects.filter(slug=section["slug"]).exists():
            front.add_child(
                instance=SectionPage(title=section["name"], slug=section["slug"], description=section["description"])
            )
    for topic in newsroom["topics"]:
        Topic.objects.update_or_create(slug=topic["slug"], defaults=topic)
    for series in newsroom["series"]:
        Series.objects.update_or_create(slug=series["slug"], defaults=series)
    Policies.objects.update_or_create(defaults=newsroom["policies"])
    for author in newsroom["authors"]:
        Author.objects.update_or_create(
            slug=author["slug"], defaults={**_author_fields(author), "user": _account(author)}
        )
    for person in newsroom["people"]:
        _load_person(person)


def _account(author: dict[str, Any]) -> Any:
    """The author’s account, in the demo’s group; nobody can sign in with it before it has a password."""
    given, _, family = author["name"].rpartition(" ")
    user, is_new = get_user_model().objects.get_or_create(
        username=author["slug"], defaults={"first_name": given, "last_name": family, "email": author["email"]}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
        user.groups.set(Group.objects.filter(name=author["group"]))
    return user


def _author_fields(author: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": author["name"],
        "role": author["role"],
        "email": author["email"],
        "biography": author["biography"].strip(),
        "expertise": ", ".join(author["expertise"]),
        "languages": ", ".join(author["languages"]),
        "photo": library_picture(FOLDER / author["photo"], author["name"]),
        "photo_alt": author["photo_alt"],
    }


def _load_person(person: dict[str, Any]) -> None:
    texts = {"aliases": "\n".join(person["aliases"]), "description": person.get("description", "")}
    registered, is_new = NewsPerson.objects.get_or_create(name=person["name"], defaults=texts)
    if is_new:
        Office.objects.bulk_create(Office(person=registered, **office) for office in person["offices"])


def _arrange_the_front(slugs: list[str], breaking: dict[str, str]) -> None:
    front = FrontPage.objects.get()
    if not front.pins.exists():
        front.pins = [FrontPin(story=ArticlePage.objects.get(slug=slug)) for slug in slugs]
        front.breaking_words = breaking["words"]
        front.breaking_story = ArticlePage.objects.get(slug=breaking["story"])
        front.save()


def _show_copies(files: list[str]) -> None:
    """Lets readers see the archived copies of these sources."""
    for source in Source.objects.filter(file_name__in=files, is_shown=False):
        source.is_shown = True
        source.save(update_fields=["is_shown"])


def _withdraw(story: dict[str, Any]) -> None:
    """Takes a story from the public again, where the demo says so. The log has had its edition before."""
    if order := story.get("withdrawn"):
        order_withdrawal(
            ArticlePage.objects.get(slug=story["slug"]),
            basis=Basis(order["basis"]),
            what=order["what"],
            reference=order["reference"],
        )


@transaction.atomic
def _load_story(story: dict[str, Any]) -> None:
    """Each file of a story is one edition; a story that the desk holds stays a draft, as it would for anybody."""
    for edition in story["editions"]:
        revision = draft_article(read_story(FOLDER / edition["file"]))
        for clearance in edition.get("clearances", ()):
            signed = Author.objects.get(name=clearance["by"])
            clear(revision, rule=clearance["rule"], reason=clearance["reason"], user=signed.user, translator=signed)
        try:
            publish_edition(revision)
        except PublishBlocked:
            if story["status"] != "held":
                raise
