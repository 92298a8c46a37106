"""Wagtail pages of the newsroom: the front, its sections, and the articles; topics; and what the newsroom is called.

Saving never publishes, signs or bakes. An article that is about to be live passes the guard in `doors` first, whichever
road it came by.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import TextInput
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

from cryptonewshub.articles.blocks import StoryBlock
from cryptonewshub.articles.change_panel import ChangePanel
from cryptonewshub.articles.doors import PublishBlocked, Step, doors
from cryptonewshub.articles.permissions import PublicPagePermissions
from cryptonewshub.articles.policies import policy_text
from cryptonewshub.articles.schedule_panel import SchedulePanel
from cryptonewshub.articles.slugs import slug_of
from cryptonewshub.articles.source_keys import SourcesPanel
from cryptonewshub.people.models import Author
from cryptonewshub.sources.models import Source

RESERVED_SLUGS = frozenset(
    [
        "admin",
        "api",
        "archive",
        "assets",
        "authors",
        "comments",
        "corrections",
        "documents",
        "editions",
        "feed",
        "healthz",
        "history",
        "live",
        "log",
        "media",
        "offline",
        "persons",
        "policies",
        "readyz",
        "search",
        "series",
        "sitemap",
        "sources",
        "static",
        "topics",
        "uploads",
        "verify",
    ]
)


def free_slug(slug: str, kind: str) -> str:
    """The slug, or one beside it where an address of the newsroom's own begins so: 'media' gives 'media-section'."""
    return f"{slug}-{kind}" if slug in RESERVED_SLUGS else slug


CHANGE_FIELDS = ("change", "change_note", "was_wrong", "is_right", "found_by", "credit", "severity")
"""What an editor says of a change to a published story."""
_QUOTING = '"“”„«»‘‚'
_INSTEAD = (
    "Publish a correction, or a retraction, which keeps it readable under a notice; where a law or a court requires "
    "more, withdraw it by order."
)


@register_setting(icon="globe")
class Newsroom(BaseGenericSetting):
    """What the newsroom is called and what it promises."""

    name = models.CharField(max_length=80, default="CryptoNewsHub", help_text="At the top of every page.")
    promise = models.CharField(
        max_length=160,
        default="Accurate, ad-free coverage of global politics and security",
        help_text="One sentence, at the foot of every page and for search engines.",
    )
    staff_byline = models.CharField(
        "collective byline", max_length=80, default="CryptoNewsHub Staff", help_text="Shown where a story is by Staff."
    )
    rights = models.CharField(
        max_length=160, default="All rights reserved.", help_text="What readers may do with your stories; after the ©."
    )

    panels: ClassVar = [FieldPanel(name) for name in ("name", "promise", "staff_byline", "rights")]

    class Meta:
        verbose_name = "newsroom"


@register_setting(icon="doc-full")
class Policies(BaseGenericSetting):
    """How the newsroom works, in words for readers. Accuracy is not here: the desk’s house policy is that."""

    corrections = models.TextField(blank=True, default=partial(policy_text, "corrections"))
    unnamed_sources = models.TextField(blank=True, default=partial(policy_text, "unnamed-sources"))
    ownership = models.TextField("ownership and funding", blank=True, default=partial(policy_text, "ownership"))
    masthead = models.TextField("who we are", blank=True, default=partial(policy_text, "masthead"))
    ethics = models.TextField(blank=True, default=partial(policy_text, "ethics"))
    feedback = models.TextField(blank=True, default=partial(policy_text, "feedback"))
    privacy = models.TextField(blank=True, default=partial(policy_text, "privacy"))

    panels: ClassVar = [
        HelpPanel(
            content="Blank lines part paragraphs. A line that begins with “## ” is a heading, lines that begin with "
            "“- ” are a list. Replace what stands between [square brackets]. An empty policy has no page."
        ),
        *(
            FieldPanel(name)
            for name in ("corrections", "unnamed_sources", "ownership", "masthead", "ethics", "feedback", "privacy")
        ),
    ]

    class Meta:
        verbose_name = "policies"


class Topic(models.Model):
    """What stories are about, across sections."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    description = models.CharField(max_length=255, blank=True, help_text="What it is, in a sentence for readers.")

    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


register_snippet(Topic)


class Series(models.Model):
    """Stories that are parts of one thing."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.CharField(
        max_length=255, blank=True, help_text="What holds it together, in a sentence for readers."
    )

    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


register_snippet(Series)


class UnservedPage(Page):
    """Readers are served files. Should a reader's request come this far, there is no file, and so no page."""

    settings_panels: ClassVar = [SchedulePanel(), *Page.settings_panels[1:]]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PublicPagePermissions:
        return PublicPagePermissions(user, self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404("This page has not been published.")


class FrontPage(UnservedPage):
    """The root of the newsroom. The front shows the editors' order, else the newest editions."""

    breaking_words = models.CharField(
        "words", max_length=160, blank=True, help_text="Leave empty to show the headline of the story."
    )
    breaking_story = models.ForeignKey(
        "articles.ArticlePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="story",
        help_text="Where the strip leads. With neither words nor a story there is no strip.",
    )
    breaking_until = models.DateTimeField(
        "until", null=True, blank=True, help_text="It goes of itself at this time. Leave empty to take it down by hand."
    )

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["articles.SectionPage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels: ClassVar = [
        InlinePanel(
            "pins",
            heading="Stories in your order",
            label="Story",
            help_text="The first one leads, two stand beside it. After yours come the newest stories of themselves.",
        ),
        MultiFieldPanel(
            [
                FieldPanel("breaking_words"),
                PageChooserPanel("breaking_story", "articles.ArticlePage"),
                FieldPanel("breaking_until"),
            ],
            heading="Breaking news",
            help_text="A strip above everything else on the front.",
        ),
    ]
    promote_panels: ClassVar[list[Any]] = []


class SectionForm(WagtailAdminPageForm):
    def clean_slug(self) -> str:
        """Before Wagtail asks whether another page has it."""
        return free_slug(self.cleaned_data["slug"], "section")


class SectionPage(UnservedPage):
    """A section, such as Security."""

    description = models.CharField(
        max_length=255, blank=True, help_text="What the section covers, in a sentence for readers."
    )

    base_form_class = SectionForm
    parent_page_types: ClassVar = ["articles.FrontPage"]
    subpage_types: ClassVar = ["articles.ArticlePage"]
    preview_modes: ClassVar[list[tuple[str, str]]] = []
    content_panels: ClassVar = [
        TitleFieldPanel("title", heading="Name", placeholder="Name", help_text="Such as “Security”."),
        FieldPanel("description"),
    ]
    promote_panels: ClassVar = [FieldPanel("slug", help_text="The last part of the section’s address.")]

    def clean(self) -> None:
        super().clean()
        self.slug: str = free_slug(self.slug, "section")

    @classmethod
    def in_order(cls) -> list[SectionPage]:
        """The live sections in the order of the menu. Found by their kind, and sorted here: stories are pages, too."""
        return sorted(cls.objects.live().exact_type(cls).order_by(), key=lambda section: section.path)


class ArticleForm(WagtailAdminPageForm):
    """Drafts are saved whatever they hold; on publication the desk is asked, and its reasons stand above the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # on a tab that a writer need not open: it is made of the headline
        if self.instance.changes_edition != doors.version(self.instance):
            # What was said of an earlier change is published; the next change is a new one, and has no class yet.
            self.initial.update(dict.fromkeys(CHANGE_FIELDS, ""), minor_all_the_same=False)

    def clean_slug(self) -> str:
        """Before Wagtail asks whether another page has it: a story that nobody has read yet gets one that is free."""
        asked = self.cleaned_data["slug"] or self.instance.slug  # an emptied field moves no story
        asked = asked or slug_of(self.cleaned_data.get("title", "")) or "story"
        slug = free = free_slug(asked, "story")
        number = 1
        while not doors.version(self.instance) and not Page._slug_is_available(free, self.parent_page, self.instance):
            number += 1
            free = f"{slug}-{number}"
        return free

    def save(self, commit: bool = True) -> ArticlePage:
        """Saves. A class of change is chosen for the edition that the editor has before them, and for no other."""
        self.instance.changes_edition = doors.version(self.instance) if self.instance.change else None
        saved: ArticlePage = super().save(commit)
        return saved

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()
        step = self._step()
        return self._passes_the_desk(step) if valid and step and not self.is_deferred_validation else valid

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """What an open editor must know after a draft was saved: Wagtail's own, and the keys that were given."""
        return [*super().get_field_updates_for_resave(), *self.formsets["attached_sources"].given_keys]

    def _step(self) -> Step | None:
        """What the editor asked for, where it is a step towards publication."""
        if "action-publish" in self.data:
            return "publish"
        is_approval = "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
        return "approve" if is_approval else None

    def _passes_the_desk(self, step: Step) -> bool:
        """Whether the desk lets the page go on as it is typed; what it says is kept, and stands above the form."""
        page = self.save(commit=False)
        is_later = page.go_live_at and page.go_live_at > timezone.now()
        reasons = doors.reasons(page, at=page.go_live_at if is_later else None, step=step)
        if step == "publish":
            reasons = [*_reasons_beside_the_text(page), *_said_at(doors.classed, page), *reasons]
        if reasons:
            doors.keep(page, reasons)
        done = "approved" if step == "approve" else "published"
        for sentence in [f"Nothing was {done}. The desk has these reasons:", *reasons] if reasons else ():
            self.add_error(None, sentence)
        return not reasons


def _reasons_beside_the_text(page: ArticlePage) -> list[str]:
    """What is wrong in fields that the desk does not read: a mistyped year, a quotation that nobody would check."""
    if any(sign in page.kicker for sign in _QUOTING):
        quoted = ["The kicker has words in quotation marks, and the desk checks none there. Take the marks out."]
    else:
        quoted = []
    return [*quoted, *_odd_years(page)]


def _odd_years(page: ArticlePage) -> list[str]:
    updates = [block.value["time"] for block in page.body if block.block_type == "update"]
    told = [("publication time", page.published), ("end of the coverage", page.ended)]
    told += [("time of an update", time) for time in updates]
    years = range(1600, timezone.now().year + 2)
    return [
        f"The {name} is in the year {time.year}, which cannot be right. Correct it."
        for name, time in told
        if time and time.year not in years
    ]


def _said_at(door: Callable[[Any], None], page: ArticlePage) -> list[str]:
    try:
        door(page)
    except PublishBlocked as blocked:
        return str(blocked).split("\n")
    return []


class ArticlePage(UnservedPage):
    """A story. `article_id` is its name for ever: in editions, in the log, whatever its address becomes."""

    class ChangeClass(models.TextChoices):
        __empty__ = "Choose what kind of change this is"
        MINOR = "minor", "Minor change: spelling or style, no change of meaning"
        UPDATE = "update", "Update: the story has moved on"
        CLARIFICATION = "clarification", "Clarification: right, but could be misunderstood"
        CORRECTION = "correction", "Correction: something was wrong"
        RETRACTION = "retraction", "Retraction: we no longer stand by the story"

    class FoundBy(models.TextChoices):
        __empty__ = "Not said"
        STAFF = "staff", "Our staff"
        READER = "reader", "A reader"
        CONCERNED = "concerned", "Somebody whom the story concerns"

    class Severity(models.TextChoices):
        __empty__ = "As usual"
        GRAVE = "grave", "Grave: stands above the story"
        SLIGHT = "slight", "Slight: stands below the story"

    class Label(models.TextChoices):
        NEWS = "news", "News"
        ANALYSIS = "analysis", "Analysis"
        OPINION = "opinion", "Opinion"
        LIVE = "live", "Live coverage"
        EXPLAINER = "explainer", "Explainer"

    article_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kicker = models.CharField(max_length=60, blank=True, help_text="A word or two above the headline.")
    standfirst = models.TextField(blank=True, max_length=300, help_text="One or two sentences below the headline.")
    dateline = models.CharField("dateline place", max_length=80, blank=True)
    byline = models.CharField(
        "collective byline", max_length=120, blank=True, help_text="“Staff”, or free text such as “Ada Lund in Torvik”."
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+")
    language = models.CharField(max_length=12, default="en")
    published = models.DateTimeField(
        "publication time", null=True, blank=True, help_text="Leave empty: it is set when the story is first published."
    )
    updated = models.DateTimeField("time of the last update", null=True, blank=True, editable=False)
    embargo_until = models.DateTimeField(
        "embargo until",
        null=True,
        blank=True,
        help_text="Nothing publishes the story before this time. To publish it then, set a schedule too.",
    )
    body = StreamField(StoryBlock(), blank=True)
    label = models.CharField(
        max_length=20, choices=Label.choices, default=Label.NEWS, help_text="Readers see it above the headline."
    )
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which part of the series it is.")
    ended = models.DateTimeField(
        "coverage ended", null=True, blank=True, help_text="Set it when live coverage is over; readers are told."
    )
    change = models.CharField(
        "kind of change",
        max_length=20,
        blank=True,
        choices=ChangeClass.choices,
        help_text="Every change to a published story is shown to readers as what it is.",
    )
    change_note = models.TextField(
        "what changed", blank=True, max_length=500, help_text="For readers, in a sentence. It may be left empty."
    )
    was_wrong = models.TextField(
        "what was wrong",
        blank=True,
        max_length=1000,
        help_text="“An earlier version said that 700 ships pass in a day.”",
    )
    is_right = models.TextField(
        "what is right now", blank=True, max_length=1000, help_text="“There are 70.” Once published, it stays as it is."
    )
    found_by = models.CharField("who found it", max_length=20, blank=True, choices=FoundBy.choices)
    credit = models.CharField(
        "name of who found it", max_length=120, blank=True, help_text="Published. Only with that person’s consent."
    )
    severity = models.CharField(
        "how grave",
        max_length=10,
        blank=True,
        choices=Severity.choices,
        help_text="As usual: a correction stands above the story, a clarification below it.",
    )
    minor_all_the_same = models.BooleanField(
        "It is a minor change all the same",
        default=False,
        help_text="The desk asks when a figure, a name, a “not” or a quotation changed.",
    )
    changes_edition = models.PositiveIntegerField(null=True, blank=True, editable=False)

    base_form_class = ArticleForm
    parent_page_types: ClassVar = ["articles.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar = ["article_id", "published", "updated", *CHANGE_FIELDS, "changes_edition"]
    show_in_menus_default = False

    content_panels: ClassVar = [
        TitleFieldPanel("title", heading="Headline", placeholder="Headline", help_text="What happened, in one line."),
        FieldPanel("standfirst"),
        FieldRowPanel([FieldPanel("kicker"), FieldPanel("label")]),
        FieldPanel("body"),
        MultiFieldPanel(
            [InlinePanel("authors", label="Author"), FieldPanel("byline"), FieldPanel("dateline")], heading="By"
        ),
        SourcesPanel(
            "attached_sources",
            chooser_field_name="source",
            heading="Sources",
            label="Source",
            help_text="The documents that the story stands on. The desk looks for its quotations in them.",
        ),
        FieldPanel("topics"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("series"), FieldPanel("part")]),
                FieldPanel("ended"),
                InlinePanel(
                    "related_stories",
                    label="Related story",
                    max_num=5,
                    help_text="Further ones are chosen by topics and people.",
                ),
            ],
            heading="Beside the story",
        ),
        ChangePanel(
            [FieldPanel(name) for name in (*CHANGE_FIELDS, "minor_all_the_same")], heading="What kind of change"
        ),
        FieldRowPanel(
            [FieldPanel("language"), FieldPanel("published"), FieldPanel("embargo_until")], heading="Language and time"
        ),
    ]

    promote_panels: ClassVar = [FieldPanel("slug", help_text="The last part of the story’s address.")]

    class Meta:
        verbose_name = "article"

    def clean(self) -> None:
        super().clean()
        self.slug: str = free_slug(self.slug, "story")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves. Raises PublishBlocked when the article would be live and the desk has not cleared what it says, and
        ValidationError when it is published and would not be live any more.
        """
        if _holds_content(kwargs.get("update_fields")):
            self._pass_the_guard() if self.live else self._stay_live()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Deletes a draft. Raises ValidationError for a story that has editions."""
        if doors.version(self):
            raise self._stays()
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def _stay_live(self) -> None:
        """Every road that unpublishes saves the page. An order to withdraw does not: it empties the row."""
        if self.first_published_at and ArticlePage.objects.filter(pk=self.pk, live=True).exists():
            raise self._stays()

    def _stays(self) -> ValidationError:
        """By a name, since Wagtail's API asks for one to answer with."""
        return ValidationError({NON_FIELD_ERRORS: f"“{self.title}” has been published and stays. {_INSTEAD}"})

    def _pass_the_guard(self) -> None:
        if self.alias_of_id:
            reasons = ["An article has one address. Link to it instead of publishing an alias of it."]
        else:
            reasons = [*_reasons_beside_the_text(self), *_said_at(doors.classed, self), *_said_at(doors.guard, self)]
        if reasons:
            doors.keep(self, reasons)
            raise PublishBlocked("\n".join(reasons), page=self.pk)

    def choose_change(self, change: str, **words: str) -> None:
        """Says what the next publication changes, to the edition that readers have now: its class, and the words that
        the class needs, under the names of `CHANGE_FIELDS`. For commands and imports; the editor's form does the same.
        """
        for name in CHANGE_FIELDS:
            setattr(self, name, words.get(name, ""))
        self.change, self.minor_all_the_same = change, False
        self.changes_edition = doors.version(self) if change else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return HttpResponse(doors.preview(self))

    def get_admin_display_title(self) -> str:
        return self.draft_title or self.title


def _holds_content(update_fields: Any) -> bool:
    """Whether a save writes what readers read. Wagtail saves drafts' bookkeeping with named fields on the live row."""
    return update_fields is None or bool({"live", "live_revision", "title", "body", "standfirst"} & set(update_fields))


class ArticleAuthor(Orderable):
    """An author of an article, in the order of the byline."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="authors")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")

    panels: ClassVar = [FieldPanel("author")]


class FrontPin(Orderable):
    """A story that the editors put on the front, in their order, until a time or until they take it off."""

    front = ParentalKey(FrontPage, on_delete=models.CASCADE, related_name="pins")
    story = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(
        null=True, blank=True, help_text="It goes of itself at this time. Leave empty to take it off by hand."
    )

    panels: ClassVar = [PageChooserPanel("story", "articles.ArticlePage"), FieldPanel("until")]


class ArticleRelated(Orderable):
    """A story that the newsroom puts beside an article."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_stories")
    story = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="+")

    panels: ClassVar = [PageChooserPanel("story", "articles.ArticlePage")]


class ArticleSource(Orderable):
    """A source that an article stands on, under the short key by which its text cites it."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attached_sources")
    key = models.SlugField(
        "short name", max_length=40, blank=True, help_text="Made from the source; the text cites it so."
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("source"), FieldPanel("key", widget=TextInput(attrs={"readonly": True}))])
    ]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "key"], name="one_source_a_key"),
        ]
