"""The house policy as readers find it: the rules that hold, the earlier versions, and the file that was hashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptonewshub.accuracy.policy_words import Part, parts_of
from cryptonewshub.languages.wording import Wording
from cryptonewshub.quotations.policy import Policy
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, moment

ADDRESS = "/policies/accuracy/"


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the policy, from when it holds, and why it took the place of the one before."""

    policy: Policy
    adopted: datetime
    why: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of them."""

    number: int
    path: str
    since: Moment
    why: str
    is_here: bool


def version_address(number: int) -> str:
    return f"{ADDRESS}{number}/"


def document_address(number: int) -> str:
    return f"{ADDRESS}{number}.json"


def policy_page(site: Site, shown: PolicyVersion, versions: Sequence[PolicyVersion]) -> str:
    """A version of the policy. `versions` are all of them, the newest first."""
    newest = versions[0].policy.version
    number = shown.policy.version
    path = ADDRESS if number == newest else version_address(number)
    frame = frame_of(
        site,
        title=site.words.say("How we check quotations"),
        description=site.words.say("What stops a story, what an editor is asked, and who may let words stand."),
        path=path,
        stories=(),
        is_indexed=number == newest,
    )
    return render(
        site.language,
        "pages/accuracy_policy.html",
        frame=frame,
        policy=shown.policy,
        since=moment(shown.adopted, site.zone, site.language),
        parts=_parts(shown.policy, site.words),
        versions=[_line(site, version, number) for version in versions],
        newest=newest,
        address=ADDRESS,
        document=document_address(number),
    )


def _parts(policy: Policy, words: Wording) -> tuple[Part, ...]:
    return tuple(part for part in parts_of(policy, words) if part.lead or part.points)


def _line(site: Site, version: PolicyVersion, here: int) -> VersionLine:
    number = version.policy.version
    since = moment(version.adopted, site.zone, site.language)
    return VersionLine(number, version_address(number), since, version.why, number == here)
