"""The people of the newsroom, and the people in its news. Names only: what somebody said is kept by later stages."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.snippets.models import register_snippet

from cryptonewshub.quotations import vocabulary
from cryptonewshub.quotations.comparison.languages import primary


class Author(models.Model):
    """Somebody who writes for the newsroom and signs with a name."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, help_text="The last part of the address of the author's page.")
    role = models.CharField(max_length=120, blank=True, help_text="Such as “Energy correspondent”.")
    biography = models.TextField(blank=True)
    expertise = models.CharField(max_length=255, blank=True, help_text="Subjects, separated by commas.")
    email = models.EmailField("e-mail", blank=True, help_text="Shown to readers.")
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
        FieldPanel("email"),
        FieldPanel("languages"),
        FieldPanel("user"),
    ]

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def reads(self, language: str) -> bool:
        """Whether the person reads a language, by its code; 'nb', 'nn' and 'no' are one, and so are its regions."""
        return primary(language) in {primary(code.strip()) for code in self.languages.split(",") if code.strip()}

    @property
    def subjects(self) -> list[str]:
        return [subject.strip() for subject in self.expertise.split(",") if subject.strip()]


class NewsPerson(ClusterableModel):
    """Somebody in the news: the spelling that the newsroom uses, and the other ones that mean the same person."""

    name = models.CharField(max_length=120, unique=True)
    aliases = models.TextField(blank=True, help_text="Other spellings and short forms, one a line.")

    panels: ClassVar = [FieldPanel("name"), FieldPanel("aliases"), InlinePanel("offices", label="Office")]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = "person in the news"
        verbose_name_plural = "people in the news"

    def __str__(self) -> str:
        return self.name


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


register_snippet(Author)
register_snippet(NewsPerson)


def registered_people() -> list[vocabulary.Person]:
    """Everybody in the register, in the shape that the quotation engine reads."""
    return [_as_person(person) for person in NewsPerson.objects.prefetch_related("offices")]


def _as_person(person: NewsPerson) -> vocabulary.Person:
    aliases = tuple(line.strip() for line in person.aliases.splitlines() if line.strip())
    offices = tuple(
        vocabulary.Office(office.title, office.institution, office.country, office.since, office.until)
        for office in person.offices.all()
    )
    return vocabulary.Person(name=person.name, aliases=aliases, offices=offices)
