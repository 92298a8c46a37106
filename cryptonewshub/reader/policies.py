"""The newsroom's policies: what each is called, where it stands, and its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Document
from cryptonewshub.articles.prose import Body
from cryptonewshub.languages.wording import N_
from cryptonewshub.reader.bodies import Group, grouped_blocks
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site

INDEX = "/policies/"


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """A policy. `field` is the name of its text in the settings; `title` and `says` are messages, still to be said."""

    field: str
    slug: str
    title: str
    says: str

    @property
    def path(self) -> str:
        return f"{INDEX}{self.slug}/"


POLICIES = (
    PolicyKind("corrections", "corrections", N_("Corrections"), N_("What we do when we were wrong.")),
    PolicyKind("unnamed_sources", "unnamed-sources", N_("Unnamed sources"), N_("When we leave a name out.")),
    PolicyKind("ethics", "ethics", N_("Ethics"), N_("What we do, and what we never do.")),
    PolicyKind("ownership", "ownership", N_("Ownership and funding"), N_("Whose we are, and who pays.")),
    PolicyKind("masthead", "masthead", N_("Who we are"), N_("Who answers for what you read.")),
    PolicyKind("feedback", "feedback", N_("Feedback"), N_("How to reach us, most of all when we are wrong.")),
    PolicyKind("privacy", "privacy", N_("Privacy"), N_("What we know of you: nothing.")),
)


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """A policy in the list of policies."""

    title: str
    says: str
    path: str


def policy_page(site: Site, kind: PolicyKind, body: Body) -> str:
    """One policy. `body` is its text as read from the settings."""
    title, says = site.words.say(kind.title), site.words.say(kind.says)
    frame = frame_of(site, title=title, description=says, path=kind.path, stories=())
    return render(site.language, "pages/policy.html", frame=frame, title=title, groups=_groups(body), index=INDEX)


def policies_page(site: Site, policies: Sequence[PolicyLink]) -> str:
    """How the newsroom works: all its policies that have a text."""
    title, says = site.words.say("How we work"), site.words.say("The rules that we set ourselves.")
    frame = frame_of(site, title=title, description=says, path=INDEX, stories=())
    return render(site.language, "pages/policies.html", frame=frame, policies=policies)


def _groups(body: Body) -> tuple[Group, ...]:
    return grouped_blocks(Document(title="", slug="", body=body.blocks))
