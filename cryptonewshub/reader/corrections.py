"""Everything that the newsroom put right, in one place: the newest with the figures, month by month, and as a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from cryptonewshub.editions.content import Content, Correction
from cryptonewshub.reader.affected import (
    CORRECTIONS,
    CORRECTIONS_FEED,
    comparison_address,
    edition_address,
    month_address,
)
from cryptonewshub.reader.changes import CorrectionView, correction_id, correction_view
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.feeds import well_formed
from cryptonewshub.reader.figures import Month, duration, month_rows, rate_plot, time_plot
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.logged import Logged, logged
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import month_of_year
from cryptonewshub.reader.withdrawn import Notice, notice_views


@dataclass(frozen=True, slots=True)
class Told:
    """One correction in the list, with its story. `after` is how long what was wrong had stood."""

    id: str
    version: int
    logged: Logged
    language: str
    direction: str
    headline: str
    path: str
    corrected: int
    corrected_path: str
    comparison: str
    item: CorrectionView
    after: str


def corrections_page(
    site: Site,
    newest: Sequence[Content],
    *,
    months: Sequence[Month],
    earlier: Sequence[tuple[int, int]],
    withdrawals: Sequence[Notice] = (),
) -> str:
    """The newest corrections and the figures. `months` are in rising order, `earlier` (year, month) and `withdrawals`
    falling.
    """
    frame = frame_of(
        site,
        title=site.words.say("Corrections"),
        description=site.words.say("What we got wrong, what is right, and when we said so."),
        path=CORRECTIONS,
        stories=newest,
        feed=CORRECTIONS_FEED,
    )
    return render(
        site.language,
        "pages/corrections.html",
        frame=frame,
        told=_told(site, newest),
        rows=month_rows(months, site.words),
        plots=(rate_plot(months, site.words), time_plot(months, site.words)) if months else (),
        withdrawals=notice_views(site, withdrawals),
        months=tuple((month_of_year(*named, site.language), month_address(*named)) for named in earlier),
    )


def month_page(site: Site, year: int, month: int, told: Sequence[Content]) -> str:
    """The corrections of one month, the newest first."""
    frame = frame_of(
        site,
        title=f"{site.words.say('Corrections')}, {month_of_year(year, month, site.language)}",
        description="",
        path=month_address(year, month),
        stories=told,
        feed=CORRECTIONS_FEED,
    )
    name = month_of_year(year, month, site.language)
    return render(
        site.language,
        "pages/corrections_month.html",
        frame=frame,
        name=name,
        told=_told(site, told),
        way_back=CORRECTIONS,
    )


def corrections_feed(site: Site, newest: Sequence[Content]) -> str:
    """RSS 2.0 of the newest corrections."""
    items = [(content, content.told) for content in newest]
    return well_formed(
        render(
            site.language,
            "feeds/corrections.xml",
            site=site,
            title=f"{site.name}: {site.words.say('corrections')}",
            address=site.absolute(CORRECTIONS),
            feed=site.absolute(CORRECTIONS_FEED),
            built=format_datetime(newest[0].told.made) if newest and newest[0].told else "",
            items=[_feed_item(site, content, told) for content, told in items if told],
        )
    )


def _feed_item(site: Site, content: Content, told: Correction) -> dict[str, str]:
    heading = correction_view(0, told, site).heading
    return {
        "id": site.absolute(edition_address(content.path, content.version)),
        "title": f"{heading}: {content.document.title}",
        "address": site.absolute(f"{content.path}#{correction_id(told)}"),
        "published": format_datetime(told.made),
        "text": told.text,
    }


def _told(site: Site, contents: Sequence[Content]) -> tuple[Told, ...]:
    return tuple(_one(site, content, content.told) for content in contents if content.told)


def _one(site: Site, content: Content, told: Correction) -> Told:
    corrected = told.corrects or content.version - 1
    return Told(
        id=str(content.article),
        version=content.version,
        logged=logged(content, site.entries),
        language=content.document.language,
        direction=direction(content.document.language),
        headline=content.document.title,
        path=f"{content.path}#{correction_id(told)}",
        corrected=corrected,
        corrected_path=edition_address(content.path, corrected),
        comparison=comparison_address(content.path, content.version - 1, content.version),
        item=correction_view(len(content.corrections) - 1, told, site),
        after=duration(told.made - told.since, site.words) if told.since else "",
    )
