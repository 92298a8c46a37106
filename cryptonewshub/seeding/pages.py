"""The pages and drafts of invented stories, as the editor would have made them, thousands at a time."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.models import Locale, Page, Revision

from cryptonewshub.articles.document import Block
from cryptonewshub.articles.models import ArticleAuthor, ArticlePage, ArticleSource, SectionPage, Topic
from cryptonewshub.articles.richtext import rich_text_of
from cryptonewshub.people.models import Author
from cryptonewshub.seeding.inventing import Invented
from cryptonewshub.sources.models import Source
from cryptonewshub.tlog.manifests import Change

ROWS = 500
"""Rows in one statement."""


class PageMaker:
    """Makes pages below the sections that are given by slug, with topics and authors by theirs."""

    def __init__(self, sections: dict[str, SectionPage], topics: dict[str, Topic], authors: dict[str, Author]) -> None:
        self._sections, self._topics, self._authors = sections, topics, authors
        self._locale = Locale.get_default()
        self._kind = ContentType.objects.get_for_model(ArticlePage)
        self._page_kind = ContentType.objects.get_for_model(Page)

    def make(self, story: Invented, source: Source) -> ArticlePage:
        """The page of a story, live, in memory."""
        document = story.document
        page = ArticlePage(
            title=document.title,
            draft_title=document.title,
            slug=document.slug,
            live=True,
            locale=self._locale,
            translation_key=uuid.uuid5(story.article, "translation"),
            content_type=self._kind,
            first_published_at=document.published,
            last_published_at=document.updated or document.published,
            latest_revision_created_at=document.updated or document.published,
            article_id=story.article,
            standfirst=document.standfirst,
            published=document.published,
            updated=document.updated,
            language=document.language,
            body=json.dumps([_raw(block, story, place) for place, block in enumerate(document.body)]),
        )
        self._place(page, story)
        _say_what_changed(page, story)
        page.wagtail_admin_comments, page.related_stories = [], []
        page.authors = [ArticleAuthor(author=self._authors[b.slug]) for b in document.bylines if b.slug]
        page.topics = [self._topics[topic.slug] for topic in document.topics]
        page.attached_sources = [ArticleSource(key="briefing", source=source)]
        return page

    def _place(self, page: ArticlePage, story: Invented) -> None:
        """The last place below its section, by the rules of treebeard's materialised paths."""
        assert story.document.section
        section = self._sections[story.document.section.slug]
        section.numchild += 1
        page.path = Page._get_path(section.path, section.depth + 1, section.numchild)
        page.depth = section.depth + 1
        page.url_path = f"{section.url_path}{page.slug}/"

    def keep(self, pages: Sequence[ArticlePage]) -> None:
        """Their rows: in two tables, as Wagtail keeps a page, which `bulk_create` does not do; and their drafts."""
        inherited = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
        rows = [Page(**{name: getattr(page, name) for name in inherited}) for page in pages]
        for page, row in zip(pages, Page.objects.bulk_create(rows, batch_size=ROWS), strict=True):
            page.pk = page.id = row.pk
        own = ArticlePage._meta.local_concrete_fields
        ArticlePage._base_manager.all()._batched_insert(pages, own, batch_size=ROWS)
        SectionPage.objects.bulk_update(self._sections.values(), ["numchild"])
        _keep_what_hangs_on(pages)
        self._keep_drafts(pages)

    def _keep_drafts(self, pages: Sequence[ArticlePage]) -> None:
        """Each page's one revision, which is what is published."""
        Revision.objects.bulk_create([self._draft(page) for page in pages], batch_size=ROWS)
        own = Revision.objects.filter(content_type=self._kind, object_id=Cast(OuterRef("pk"), CharField()))
        newest = Subquery(own.values("pk")[:1])
        Page.objects.filter(pk__gte=pages[0].pk, pk__lte=pages[-1].pk).update(
            latest_revision=newest, live_revision=newest
        )

    def _draft(self, page: ArticlePage) -> Revision:
        return Revision(
            content_type=self._kind,
            base_content_type=self._page_kind,
            object_id=str(page.pk),
            created_at=page.latest_revision_created_at,
            object_str=page.title,
            content=page.serializable_data(),
        )


def _say_what_changed(page: ArticlePage, story: Invented) -> None:
    """What an editor would have typed for the correction that the story has."""
    if correction := story.correction:
        page.change, page.changes_edition = Change.CORRECTION.value, 1
        page.was_wrong, page.is_right = correction.wrong, correction.right
        page.found_by = correction.found_by.value if correction.found_by else ""


def _keep_what_hangs_on(pages: Sequence[ArticlePage]) -> None:
    """Authors, sources and topics."""
    for model, name in ((ArticleAuthor, "authors"), (ArticleSource, "attached_sources")):
        children = []
        for page in pages:
            for place, child in enumerate(getattr(page, name).all()):
                child.article_id, child.sort_order = page.pk, place
                children.append(child)
        model.objects.bulk_create(children, batch_size=ROWS)
    between = ArticlePage.topics.through
    pairs = [between(articlepage_id=page.pk, topic_id=topic.pk) for page in pages for topic in page.topics.all()]
    between.objects.bulk_create(pairs, batch_size=ROWS)


def _raw(block: Block, story: Invented, place: int) -> dict[str, Any]:
    """A block as the editor keeps it."""
    name = str(uuid.uuid5(story.article, f"block {place}"))
    if block.kind == "quote":
        value: Any = {"text": block.text, "speaker": block.speaker, "source": block.source}
        return {"type": "quotation", "value": value, "id": name}
    return {"type": "paragraph", "value": rich_text_of(block), "id": name}
