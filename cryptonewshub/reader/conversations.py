"""The comments of a story as pages, and as feeds: each comment is rendered once, and a page holds as many as fit.

A reader sees two levels, a comment and the answers below it in the order in which they came, whatever answered what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from cryptonewshub.comments.addresses import (
    SITE_FEED,
    comment_address,
    error_address,
    flag_address,
    follow_address,
    thread_address,
    thread_feed_address,
    write_address,
)
from cryptonewshub.comments.plain_words import Paragraph, paragraphs
from cryptonewshub.comments.threads import Conversation, Spoken
from cryptonewshub.reader.affected import edition_address
from cryptonewshub.reader.engine import macro, render
from cryptonewshub.reader.feeds import well_formed
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.paging import Paging, numbered_title
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, moment

PAGE_BYTES = 78_000
"""So much of a page may be comments; with the frame and the forms it stays under 100 kB."""


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment, finished for the template. `answers` is the number and name of the comment that it answers, where
    that is not the one above it; `earlier` the edition that it was about, when the story has been corrected since.
    """

    number: int
    name: str
    paragraphs: tuple[Paragraph, ...]
    quote: str
    made: Moment
    is_edited: bool
    gone: str
    answers: tuple[int, str]
    earlier: int
    earlier_path: str
    reply_path: str
    flag_path: str


@dataclass(frozen=True, slots=True)
class Strand:
    """A comment and the answers below it, rendered. `head` is empty where they go on from the page before."""

    head: Markup
    replies: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as it stands on a page: where it goes, what has been written into it, and what is wrong with that."""

    action: str
    version: int = 0
    parent: tuple[int, str] = (0, "")
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    house_rules: str = ""


@dataclass(frozen=True, slots=True)
class FoundView:
    """An error that a reader found, and the version in which it was corrected."""

    finder: str
    version: int
    path: str
    made: Moment


@dataclass(frozen=True, slots=True)
class FeedComment:
    """A comment in a feed: times are RFC 3339."""

    address: str
    title: str
    name: str
    made: str
    edited: str
    html: str


def thread_pages(site: Site, conversation: Conversation) -> list[str]:
    """The pages of a thread, at least one, each under 100 kB."""
    pages = _paged(_rendered(site, conversation))
    return [_page(site, conversation, strands, number, len(pages)) for number, strands in enumerate(pages, start=1)]


def page_of(site: Site, conversation: Conversation, number: int) -> int | None:
    """The page of the thread on which a comment stands; None when it is not shown."""
    mark = f'id="c{number}"'
    for page, strands in enumerate(_paged(_rendered(site, conversation)), start=1):
        if any(mark in html for strand in strands for html in (strand.head, *strand.replies)):
            return page
    return None


def moved_thread_page(site: Site, conversation: Conversation) -> str:
    """What stands where the comments of a story were before it moved."""
    path = thread_address(conversation.path)
    frame = frame_of(site, title=site.words.say("Moved"), description="", path=path, stories=(), is_indexed=False)
    return render(site.language, "pages/moved.html", frame=frame, path=path, edition=None)


def thread_feed(site: Site, conversation: Conversation) -> str:
    """Atom (RFC 4287) of the latest fifty comments of a story."""
    path = conversation.path
    latest = [(conversation, spoken) for spoken in conversation.comments if not spoken.gone][-50:]
    title = site.words.say("Comments on “%(headline)s”", headline=conversation.headline)
    return _feed(site, latest, title, thread_address(path), thread_feed_address(path))


def site_feed(site: Site, latest: Sequence[tuple[Conversation, Spoken]]) -> str:
    """Atom of the latest comments of the whole site, oldest first as they are given."""
    return _feed(site, latest, f"{site.words.say('Comments')} – {site.name}", "/", SITE_FEED)


def comment_form(conversation: Conversation, **more: Any) -> FormView:
    """The empty form, or one that is shown again with what was written."""
    action = write_address(conversation.article)
    return FormView(action, conversation.version, house_rules=conversation.house_rules, **more)


def _rendered(site: Site, conversation: Conversation) -> list[tuple[bool, Markup]]:
    """Every comment in the order of the page: whether it heads a strand, and its HTML."""
    spoken = {comment.number: comment for comment in conversation.comments}
    strands = _strands(conversation.comments)
    return [
        (comment.number == head, _html(site.language, _view(site, conversation, comment, spoken)))
        for head, strand in strands.items()
        for comment in strand
    ]


def _strands(comments: Iterable[Spoken]) -> dict[int, list[Spoken]]:
    """The comments by the one at whose head they stand. One that answers something later, or nothing, stands alone."""
    head_of: dict[int, int] = {}
    strands: dict[int, list[Spoken]] = {}
    for comment in comments:
        head = head_of.get(comment.parent or 0, comment.number)
        head_of[comment.number] = head
        strands.setdefault(head, []).append(comment)
    return strands


def _view(site: Site, conversation: Conversation, spoken: Spoken, all_: Mapping[int, Spoken]) -> CommentView:
    parent = all_.get(spoken.parent or 0)
    is_deeper = parent is not None and parent.parent in all_
    return CommentView(
        number=spoken.number,
        name=spoken.name,
        paragraphs=paragraphs(spoken.body),
        quote=spoken.quote,
        made=moment(spoken.made, site.zone, site.language),
        is_edited=spoken.edited is not None,
        gone=site.words.say(spoken.gone) if spoken.gone else "",
        answers=(parent.number, parent.name) if parent and is_deeper else (0, ""),
        earlier=spoken.answers,
        earlier_path=edition_address(conversation.path, spoken.answers) if spoken.answers else "",
        reply_path=f"{write_address(conversation.article)}?to={spoken.number}" if conversation.is_open else "",
        flag_path=flag_address(spoken.number),
    )


@lru_cache(maxsize=8_192)
def _html(language: str, view: CommentView) -> Markup:
    """A comment that has not changed since the last bake is not rendered again."""
    return macro(language, "components/comments.html", "comment")(view)


def _paged(rendered: Iterable[tuple[bool, Markup]]) -> list[list[Strand]]:
    pages: list[list[tuple[Markup, list[Markup]]]] = [[]]
    size = 0
    for is_head, html in rendered:
        length = len(html.encode())
        if size and size + length > PAGE_BYTES:
            pages.append([])
            size = 0
        size += length
        if is_head:
            pages[-1].append((html, []))
        else:
            if not pages[-1]:
                pages[-1].append((Markup(""), []))
            pages[-1][-1][1].append(html)
    return [[Strand(head, tuple(replies)) for head, replies in page] for page in pages]


def _page(site: Site, conversation: Conversation, strands: Sequence[Strand], number: int, last: int) -> str:
    path = conversation.path
    frame = frame_of(
        site,
        title=numbered_title(
            site.words,
            site.words.say("Comments on “%(headline)s”", headline=conversation.headline),
            Paging(number if number > 1 else 0),
        ),
        description="",
        path=thread_address(path, number),
        stories=(),
        is_indexed=conversation.count > 0,
    )
    return render(
        site.language,
        "pages/thread.html",
        frame=frame,
        conversation=conversation,
        strands=strands,
        page=number,
        last=last,
        before=thread_address(path, number - 1) if number > 1 else "",
        after=thread_address(path, number + 1) if number < last else "",
        closes=moment(conversation.closes, site.zone, site.language) if conversation.closes else None,
        found=_found(site, conversation),
        form=comment_form(conversation),
        report=FormView(error_address(conversation.article), conversation.version),
        follow=FormView(follow_address(conversation.article)),
        feed=thread_feed_address(path),
    )


def _found(site: Site, conversation: Conversation) -> tuple[FoundView, ...]:
    return tuple(
        FoundView(
            found.finder,
            found.version,
            edition_address(conversation.path, found.version),
            moment(found.made, site.zone, site.language),
        )
        for found in conversation.found
    )


def _feed(site: Site, latest: Sequence[tuple[Conversation, Spoken]], title: str, page: str, path: str) -> str:
    entries = [_entry(site, conversation, spoken) for conversation, spoken in reversed(latest)]
    text = render(
        site.language,
        "feeds/comments.xml",
        site=site,
        title=title,
        address=site.absolute(page),
        feed=site.absolute(path),
        updated=max((entry.edited for entry in entries), default="2000-01-01T00:00:00+00:00"),
        entries=entries,
    )
    return well_formed(text)


def _entry(site: Site, conversation: Conversation, spoken: Spoken) -> FeedComment:
    made = spoken.made.isoformat(timespec="seconds")
    return FeedComment(
        address=site.absolute(comment_address(spoken.number)),
        title=site.words.say("%(name)s on “%(headline)s”", name=spoken.name, headline=conversation.headline),
        name=spoken.name,
        made=made,
        edited=spoken.edited.isoformat(timespec="seconds") if spoken.edited else made,
        html=macro(site.language, "components/comments.html", "words")(paragraphs(spoken.body), spoken.quote),
    )
