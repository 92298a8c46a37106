"""The newsroom's policies: what each is called, where it stands, and its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.articles.document import Document
from cryptonewshub.articles.prose import Body
from cryptonewshub.reader.bodies import Group, grouped_blocks
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site

INDEX = "/policies/"


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """A policy. `field` is the name of its text in the settings."""

    field: str
    slug: str
    title: str
    says: str

    @property
    def path(self) -> str:
        return f"{INDEX}{self.slug}/"


POLICIES = (
    PolicyKind("corrections", "corrections", "Corrections", "What we do when we were wrong."),
    PolicyKind("unnamed_sources", "unnamed-sources", "Unnamed sources", "When we leave a name out."),
    PolicyKind("ethics", "ethics", "Ethics", "What we do, and what we never do."),
    PolicyKind("ownership", "ownership", "Ownership and funding", "Whose we are, and who pays."),
    PolicyKind("masthead", "masthead", "Who we are", "Who answers for what you read."),
    PolicyKind("feedback", "feedback", "Feedback", "How to reach us, most of all when we are wrong."),
    PolicyKind("privacy", "privacy", "Privacy", "What we know of you: nothing."),
)


@dataclass(frozen=True, slots=True)
class PolicyLink:
    """A policy in the list of policies."""

    title: str
    says: str
    path: str


def policy_page(site: Site, kind: PolicyKind, body: Body) -> str:
    """One policy. `body` is its text as read from the settings."""
    frame = frame_of(site, title=kind.title, description=kind.says, path=kind.path, stories=())
    return render("pages/policy.html", frame=frame, policy=kind, groups=_groups(body), index=INDEX)


def policies_page(site: Site, policies: Sequence[PolicyLink]) -> str:
    """How the newsroom works: all its policies that have a text."""
    frame = frame_of(site, title="How we work", description="The rules that we set ourselves.", path=INDEX, stories=())
    return render("pages/policies.html", frame=frame, policies=policies)


def _groups(body: Body) -> tuple[Group, ...]:
    return grouped_blocks(Document(title="", slug="", body=body.blocks))
