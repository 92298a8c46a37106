"""What the desk says of a story to somebody who may not see all of its sources: that there is a doubt, not their words.

A report quotes its sources, so where one of them is confidential the sentences about it are replaced.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from cryptonewshub.accuracy.report import CheckedQuotation, Finding, Report
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.quotations.vocabulary import Verdict

# Rules whose sentences quote the story alone. The others quote whichever source differs: a figure's, a name's, a day's.
_ABOUT_THE_STORY = frozenset(
    {
        *(verdict.value for verdict in Verdict),
        "inconsistent-quotation",
        "headline-quotation",
        "unbalanced-marks",
        "anonymous-attribution",
        "unsourced-paragraph",
    }
)
_MESSAGE = "A confidential source of this story does not bear this out."
_SUGGESTION = "Ask a colleague who may see that source."


def veiled_keys(page: ArticlePage, user: Any = None) -> frozenset[str]:
    """The keys of the attached sources that this person may not see; without a person, of every confidential one."""
    attached = [each for each in page.attached_sources.all() if each.source.is_confidential]
    return frozenset(each.key for each in attached if user is None or not each.source.may_be_seen_by(user))


def veiled(report: Report, keys: Collection[str]) -> Report:
    """The report without the words of the sources under these keys. What stops a story stops it still."""
    if not keys:
        return report
    places = {quotation.place for quotation in report.quotations if quotation.source in keys}
    return replace(
        report,
        quotations=tuple(
            _quotation(quotation) if quotation.source in keys else quotation for quotation in report.quotations
        ),
        findings=tuple(
            _finding(finding) if finding.place in places or finding.rule not in _ABOUT_THE_STORY else finding
            for finding in report.findings
        ),
    )


def _quotation(quotation: CheckedQuotation) -> CheckedQuotation:
    return replace(quotation, note=None, passage=None, diff=None, similarity=None, recorded_speaker=None)


def _finding(finding: Finding) -> Finding:
    return replace(finding, message=_MESSAGE, suggestion=_SUGGESTION)
