"""The pages that answer a reader who wrote: the form again with what is wrong, what became of it, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptonewshub.comments.plain_words import Paragraph
from cryptonewshub.comments.threads import Conversation
from cryptonewshub.reader.conversations import FormView, comment_form
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site


@dataclass(frozen=True, slots=True)
class Button:
    """A form that is one button. `kind` is '' for what is asked first of all, 'plain' for what is not."""

    label: str
    action: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MineView:
    """A writer's own comment: what it says, where it stands in a sentence, and what its writer can still do."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    quote: str
    standing: tuple[str, ...]
    story: str
    thread: str
    edit: FormView | None = None
    withdraw: Button | None = None
    appeal: FormView | None = None


def write_page(
    site: Site, conversation: Conversation, *, values: Mapping[str, str], errors: Mapping[str, str], **more: Any
) -> str:
    """The comment form on a page of its own: for an answer without a script, and again when something is wrong."""
    form = comment_form(conversation, values=values, errors=errors, **more)
    return _page(site, "write", site.words.say("Write a comment"), conversation=conversation, form=form)


def report_page(
    site: Site, conversation: Conversation, action: str, *, values: Mapping[str, str], errors: Mapping[str, str]
) -> str:
    """The form for a report of an error."""
    form = FormView(action, conversation.version, values=values, errors=errors)
    return _page(site, "report", site.words.say("Report an error"), conversation=conversation, form=form)


def flag_page(
    site: Site,
    *,
    action: str,
    name: str,
    paragraphs: Sequence[Paragraph],
    reasons: Sequence[tuple[str, str]],
    errors: Mapping[str, str],
) -> str:
    """Tell the moderators of a comment: the comment, and the reasons to choose from."""
    form = FormView(action, errors=errors)
    return _page(
        site,
        "flag",
        site.words.say("Tell the moderators"),
        form=form,
        name=name,
        paragraphs=tuple(paragraphs),
        reasons=tuple(reasons),
    )


def mine_page(site: Site, mine: MineView) -> str:
    """A writer's own comment, at the address that only they have."""
    return _page(site, "mine", site.words.say("Your comment"), mine=mine)


def address_page(site: Site, title: str, sentence: str, action: str, label: str, errors: Mapping[str, str]) -> str:
    """A form that asks for an e-mail address and nothing else."""
    form = FormView(action, errors=errors)
    return _page(site, "address", title, sentence=sentence, form=form, label=label)


def kept_page(site: Site, *, email: str, kept: Sequence[tuple[str, str]], buttons: Sequence[Button]) -> str:
    """What is kept about an address, as (heading, text), and what its owner can do with it."""
    return _page(
        site, "kept", site.words.say("What we keep about you"), email=email, kept=tuple(kept), buttons=tuple(buttons)
    )


def said_page(
    site: Site,
    title: str,
    *sentences: str,
    onward: tuple[str, str] | None = None,
    button: Button | None = None,
    appeal: FormView | None = None,
) -> str:
    """A few sentences, the way on, and at most one thing to do."""
    return _page(
        site,
        "said",
        title,
        sentences=sentences,
        onward=onward or ("/", site.words.say("The front page")),
        button=button,
        appeal=appeal,
    )


def _page(site: Site, template: str, title: str, **values: Any) -> str:
    frame = frame_of(site, title=title, description="", path="", stories=(), is_indexed=False)
    return render(site.language, f"pages/letterbox/{template}.html", frame=frame, title=title, **values)
