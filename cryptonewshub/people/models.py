"""The people of the newsroom, and the people in its news. Names only: what somebody said is kept by later stages."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain, count
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.models import Orderable
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cryptonewshub.quotations import vocabulary
from cryptonewshub.quotations.comparison.languages import primary

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _plain(spelling: str) -> str:
    return " ".join(spelling.split()).casefold()


class Author(models.Model):
    """Somebody who writes for the newsroom and signs with a name."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, help_text="The last part of the address of the author's page.")
    role = models.CharField(max_length=120, blank=True, help_text="Such as “Energy correspondent”.")
    biography = models.TextField(blank=True)
    expertise = models.CharField(max_length=255, blank=True, help_text="Subjects, separated by commas.")
    email = models.EmailField("e-mail", blank=True, help_text="Shown to readers.")
    contact = models.CharField(
        "other contact", max_length=160, blank=True, help_text="Shown to readers: a telephone or Signal number, a name."
    )
    photo = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    photo_alt = models.CharField(
        "what the photo shows", max_length=160, blank=True, help_text="For readers who do not see it."
    )
    languages = models.CharField(
        "languages read",
        max_length=120,
        blank=True,
        help_text="Language codes, separated by commas, such as “en, nb, uk”. Who reads a language may sign "
        "translations from it off.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="account",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="byline",
        help_text="The account that this person signs in with. Nobody clears grave findings in a story of their own.",
    )

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("role")], heading="Byline"),
        FieldPanel("biography"),
        FieldPanel("expertise"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_alt")], heading="Photo"),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("contact")], heading="Contact"),
        FieldPanel("languages"),
        FieldPanel("user"),
    ]

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.photo and not self.photo_alt.strip():
            raise ValidationError({"photo_alt": "Say what the photo shows, for readers who do not see it."})
        wrong = [code for code in self.codes if not _LANGUAGE.fullmatch(code)]
        if wrong:
            raise ValidationError(
                {"languages": f"“{wrong[0]}” is not a language code. Write codes such as en, nb or uk, with commas."}
            )

    @property
    def codes(self) -> list[str]:
        """The codes of the languages that the person reads, as they were entered."""
        return [code.strip() for code in self.languages.split(",") if code.strip()]

    def reads(self, language: str) -> bool:
        """Whether the person reads a language, by its code; 'nb', 'nn' and 'no' are one, and so are its regions."""
        return primary(language) in map(primary, self.codes)

    @property
    def subjects(self) -> list[str]:
        return [subject.strip() for subject in self.expertise.split(",") if subject.strip()]


class NewsPerson(ClusterableModel):
    """Somebody in the news: the spelling that the newsroom uses, and the other ones that mean the same person."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(
        max_length=120,
        unique=True,
        blank=True,
        help_text="The last part of the address of this person's page; made from the name where it is empty.",
    )
    aliases = models.TextField(blank=True, help_text="Other spellings and short forms, one a line.")
    description = models.CharField(max_length=255, blank=True, help_text="Who this is, in a sentence for readers.")

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("aliases"),
        FieldPanel("description"),
        InlinePanel("offices", label="Office"),
    ]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "person in the news"
        verbose_name_plural = "people in the news"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; a person without a slug gets one from the name."""
        self.slug = self.slug or _free_slug(slugify(self.name) or "person")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """One spelling means one person: else nobody could tell who is quoted."""
        super().clean()
        for person in NewsPerson.objects.exclude(pk=self.pk):
            shared = next((own for own in self.spellings if _plain(own) in map(_plain, person.spellings)), None)
            if shared:
                field = "name" if shared == self.name else "aliases"
                raise ValidationError(
                    {field: f"“{shared}” is a spelling of {person.name} already. Write it so that it means one person."}
                )

    @property
    def spellings(self) -> list[str]:
        """The name and the other spellings, as they were entered."""
        return [self.name, *_other_spellings(self.aliases)]

    @property
    def present_office(self) -> str:
        """The office that the person holds now, the latest where there are several; '' for none."""
        held = [office for office in self.offices.all() if office.until is None]
        return str(held[-1]) if held else ""


def _other_spellings(aliases: str) -> list[str]:
    return [line.strip() for line in aliases.splitlines() if line.strip()]


def _free_slug(slug: str) -> str:
    taken = set(NewsPerson.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(name for name in chain([slug], (f"{slug}-{n}" for n in count(2))) if name not in taken)


class Office(Orderable):
    """An office that somebody held from a day to a day; no last day means that they hold it now."""

    person = ParentalKey(NewsPerson, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(max_length=120)
    institution = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=80, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    panels: ClassVar = [FieldPanel(name) for name in ("title", "institution", "country", "since", "until")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.title, self.institution, self.country) if part)

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "The last day is before the first one. Correct one of the two."})


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = "Authors"
    menu_name = "authors"
    list_display: ClassVar = ["name", "role", "languages", "expertise"]
    search_fields: ClassVar = ["name", "role", "expertise", "languages"]


class NewsPersonViewSet(SnippetViewSet):
    model = NewsPerson
    icon = "group"
    menu_label = "People in the news"
    menu_name = "people-in-the-news"
    list_display: ClassVar = ["name", Column("present_office", label="Present office"), "aliases"]
    list_filter: ClassVar = ["offices__country", "offices__institution"]
    search_fields: ClassVar = ["name", "aliases", "offices__title", "offices__institution", "offices__country"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[NewsPerson]:
        return NewsPerson.objects.prefetch_related("offices")


class PeopleMenu(SnippetViewSetGroup):
    """The newsroom's own people and those in its news."""

    items = (NewsPersonViewSet, AuthorViewSet)
    menu_icon = "group"
    menu_label = "People"
    menu_name = "people"
    menu_order = 220


register_snippet(PeopleMenu)


def registered_people() -> list[vocabulary.Person]:
    """Everybody in the register, in the shape that the quotation engine reads."""
    held: dict[int, list[vocabulary.Office]] = defaultdict(list)
    # Not by rows that are ready to be edited, each with its lists in memory: this is asked for often.
    for person, *office in Office.objects.values_list("person", "title", "institution", "country", "since", "until"):
        held[person].append(vocabulary.Office(*office))
    return [
        vocabulary.Person(name=name, aliases=tuple(_other_spellings(aliases)), offices=tuple(held[pk]))
        for pk, name, aliases in NewsPerson.objects.values_list("pk", "name", "aliases")
    ]
