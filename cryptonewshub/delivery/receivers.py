"""What editors change beside the stories reaches the pages: each change asks for the addresses that show it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from cryptonewshub.articles.models import FrontPage, Newsroom, Policies, SectionPage, Series, Topic
from cryptonewshub.delivery.baking import bake_later
from cryptonewshub.delivery.models import EVERYTHING
from cryptonewshub.delivery.photos import keep_photo
from cryptonewshub.delivery.printers.copies import address_of, stories_citing
from cryptonewshub.editions.models import Edition
from cryptonewshub.people.models import Author, NewsPerson, Office
from cryptonewshub.reader.affected import (
    FRONT,
    WORDS,
    author_address,
    person_address,
    series_address,
    topic_address,
)
from cryptonewshub.reader.policies import INDEX, POLICIES
from cryptonewshub.sources.models import Source

_CHANGES = (post_save, post_delete)


@receiver(_CHANGES, sender=Newsroom, dispatch_uid="bake-newsroom")
@receiver(_CHANGES, sender=SectionPage, dispatch_uid="bake-section")
def bake_everything(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The newsroom's name and the sections stand on every page. A section that is a draft stands on none."""
    if not raw and (sender is Newsroom or instance.live):
        bake_later([EVERYTHING])


@receiver(_CHANGES, sender=FrontPage, dispatch_uid="bake-front")
def bake_front(instance: FrontPage, raw: bool = False, **kwargs: Any) -> None:
    """The front, now and whenever something on it is to go."""
    if raw:
        return
    bake_later([FRONT, WORDS])
    now = timezone.now()
    for until in {instance.breaking_until, *(pin.until for pin in instance.pins.all())}:
        if until and until > now:
            bake_later([FRONT, WORDS], due=until)


@receiver(_CHANGES, sender=Topic, dispatch_uid="bake-topic")
def bake_topic(instance: Topic, **kwargs: Any) -> None:
    bake_later([topic_address(instance.slug), WORDS])


@receiver(_CHANGES, sender=Series, dispatch_uid="bake-series")
def bake_series(instance: Series, **kwargs: Any) -> None:
    bake_later([series_address(instance.slug), WORDS])


@receiver(_CHANGES, sender=Author, dispatch_uid="bake-author")
def bake_author(instance: Author, **kwargs: Any) -> None:
    keep_photo(instance)
    bake_later([author_address(instance.slug), WORDS])


@receiver(_CHANGES, sender=NewsPerson, dispatch_uid="bake-person")
def bake_person(instance: NewsPerson, **kwargs: Any) -> None:
    """The person's page, and the stories that quote them, which lead to it."""
    stories = Edition.objects.newest().filter(speakers__name__in=instance.spellings).values_list("path", flat=True)
    bake_later([person_address(instance.slug), WORDS, *stories])


@receiver(post_save, sender=Source, dispatch_uid="bake-archived-copy")
def bake_archived_copy(instance: Source, created: bool, **kwargs: Any) -> None:
    """The copy, and the stories that lead to it. A source that is new is cited nowhere."""
    stories = [] if created else list(stories_citing(instance))
    if stories:
        bake_later([address_of(instance), *stories])


@receiver(_CHANGES, sender=Office, dispatch_uid="bake-office")
def bake_office(instance: Office, **kwargs: Any) -> None:
    bake_later([person_address(instance.person.slug), WORDS])


@receiver(_CHANGES, sender=Policies, dispatch_uid="bake-policies")
def bake_policies(**kwargs: Any) -> None:
    """The policies, and everything, since every page tells machines which policies there are."""
    bake_later([EVERYTHING, INDEX, *(kind.path for kind in POLICIES)])
