"""The search page: the form, what was found with the hit words marked, the way to more. Works without a script."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cryptonewshub.languages.wording import N_, Wording
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.rendering import Furniture, Range, render_text
from cryptonewshub.reader.search.findable import Kind
from cryptonewshub.reader.search.index import Answer, Hit
from cryptonewshub.reader.search.questions import HITS_ON_A_PAGE, Question
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, day_of, whole

SEARCH = "/search/"
_LAST_PAGE = 50
_KINDS = (
    (None, N_("Everything")),
    (Kind.STORY, N_("Stories")),
    (Kind.STATEMENT, N_("Statements")),
    (Kind.PERSON, N_("People")),
)
_POINT = Markup(" ·")
_FILTERS = {"topic": N_("Topic: %(name)s"), "person": N_("Person: %(name)s")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to ask the same question otherwise."""

    label: str
    path: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit: `words` is its stretch of text with the hit words marked, `standing` the story of a statement."""

    kind: Kind
    path: str
    title: str
    language: str
    direction: str
    words: Markup
    starts_midway: bool
    ends_midway: bool
    published: Moment | None
    section_name: str
    standing: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, for the template. `said` is the sentence above the hits."""

    said: str
    hits: tuple[HitView, ...]
    instead: Choice | None
    newer: str
    older: str
    page: int
    pages: int


def search_page(site: Site, question: Question, answer: Answer | None) -> str:
    """The page for a question; `answer` is None when the index cannot be asked just now."""
    return render(
        site.language,
        "pages/search.html",
        frame=frame_of(
            site, title=_title(question, site.words), description="", path="", stories=(), here=SEARCH, is_indexed=False
        ),
        question=question,
        sections=site.sections,
        kinds=[
            Choice(site.words.say(label), question.address(kind=k.value if k else ""), k is question.kind)
            for k, label in _KINDS
        ],
        orders=_orders(question, site.words),
        filters=_filters(question, site.words),
        results=_results(site, question, answer) if answer and not question.is_empty else None,
        is_away=answer is None,
    )


def _title(question: Question, words: Wording) -> str:
    return words.say("Search: %(words)s", words=question.asked) if question.asked else words.say("Search")


def _orders(question: Question, words: Wording) -> tuple[Choice, ...]:
    return (
        Choice(words.say("Best first"), question.address(order=""), question.order == "best"),
        Choice(words.say("Newest first"), question.address(order="newest"), question.order == "newest"),
    )


def _filters(question: Question, words: Wording) -> tuple[Choice, ...]:
    """What narrows the question and has no field of its own in the form; each leads to the question without it."""
    named = (("topic", question.topic), ("person", question.person))
    return tuple(
        Choice(words.say(_FILTERS[name], name=value.replace("-", " ")), question.address(**{name: ""}))
        for name, value in named
        if value
    )


def _results(site: Site, question: Question, answer: Answer) -> Results:
    pages = min(_LAST_PAGE, -(-answer.total // HITS_ON_A_PAGE))
    return Results(
        said=_said(answer.total, question, pages, site.words),
        hits=tuple(_hit_view(site, hit) for hit in answer.hits),
        instead=Choice(answer.instead, question.address(q=answer.instead)) if answer.instead else None,
        newer=question.address(page=question.page - 1 if question.page > 2 else "") if question.page > 1 else "",
        older=question.address(page=question.page + 1) if question.page < pages else "",
        page=question.page,
        pages=pages,
    )


def _said(total: int, question: Question, pages: int, words: Wording) -> str:
    if not total:
        return words.say("Nothing was found.")
    found = words.count("%(number)s was found.", "%(number)s were found.", total, number=whole(total, words.language))
    if question.page == 1:
        return found
    return f"{found} {words.say('Page %(number)s of %(last)s.', number=question.page, last=pages)}"


def _words(hit: Hit) -> Markup:
    """The stretch of text with the hit words marked, and with a point where one paragraph or heading ends in it."""
    marks = [Range(start, end, "mark") for start, end in hit.marks]
    ends = [Furniture(at, _POINT) for at, sign in enumerate(hit.snippet.rstrip()) if sign == "\n"]
    return render_text(hit.snippet, marks, ends)


def _hit_view(site: Site, hit: Hit) -> HitView:
    return HitView(
        kind=hit.kind,
        path=hit.path,
        title=hit.title,
        language=hit.language or site.language,
        direction=direction(hit.language or site.language),
        words=_words(hit),
        starts_midway=hit.starts_midway,
        ends_midway=hit.ends_midway,
        published=day_of(hit.published, site.zone, site.language) if hit.kind is not Kind.PERSON else None,
        section_name=hit.section_name,
        standing=hit.standing,
    )
