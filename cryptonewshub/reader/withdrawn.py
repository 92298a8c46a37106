"""What stands in the place of words that were withdrawn by order: that something was, when and why. No word of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptonewshub.languages.wording import N_
from cryptonewshub.reader.affected import CORRECTIONS
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, day_of
from cryptonewshub.tlog.manifests import Basis, Scope

_BASES = {
    Basis.LEGAL: N_("The law, or an order of a court or an authority, required it."),
    Basis.PRIVACY: N_("It protects somebody’s privacy."),
    Basis.SAFETY: N_("It protects somebody’s safety."),
    Basis.ERROR: N_("It was published by mistake, and may not stay public."),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One withdrawal as the public may know it. `what` is the kind of content, '' where even that may not be said."""

    path: str
    when: datetime
    basis: Basis
    scope: Scope
    what: str
    entry: int


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A withdrawal in the list: its address, its day, its reason in a sentence, and where the log has it."""

    path: str
    when: Moment
    heading: str
    reason: str
    what: str
    entry: int
    proof: str


def withdrawn_page(site: Site, notice: Notice) -> str:
    """The page at every address of what was withdrawn."""
    frame = frame_of(site, title=site.words.say("Withdrawn"), description="", path="", stories=(), is_indexed=False)
    return render(
        site.language, "pages/withdrawn.html", frame=frame, notice=_view(site, notice), corrections=CORRECTIONS
    )


def notice_views(site: Site, notices: Sequence[Notice]) -> tuple[NoticeView, ...]:
    """Withdrawals in a list, in the order given."""
    return tuple(_view(site, notice) for notice in notices)


def _view(site: Site, notice: Notice) -> NoticeView:
    whole = notice.scope is Scope.WHOLE
    return NoticeView(
        path=notice.path,
        when=day_of(notice.when, site.zone, site.language),
        heading=site.words.say(
            N_("This story was withdrawn") if whole else N_("An earlier version of a story was withdrawn")
        ),
        reason=site.words.say(_BASES[notice.basis]),
        what=notice.what,
        entry=notice.entry,
        proof=f"/log/proof/{notice.entry}.tlog-proof",
    )
