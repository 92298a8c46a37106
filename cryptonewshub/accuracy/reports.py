"""What Wagtail's menu Reports has of the desk: held stories, open findings, clearances, how long they took, sources.

They read what the last check of each draft left behind, and say how fresh that is. Exported cells never begin with what
a spreadsheet takes for a formula (OWASP, CSV Injection).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, ClassVar

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.timesince import timesince
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from cryptonewshub.accuracy.headings import RULES, VERDICTS
from cryptonewshub.accuracy.last_checks import waiting
from cryptonewshub.accuracy.models import Clearance, DraftCheck, DraftFinding, Hold
from cryptonewshub.people.models import Author
from cryptonewshub.sources.models import Source

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NAMES = {**{verdict.value: name for verdict, name in VERDICTS.items()}, **RULES}


def rule_name(rule: str) -> str:
    """'Altered' for 'altered', 'A figure to check' for 'figure'."""
    return _NAMES.get(rule, rule.replace("-", " ").capitalize()).partition(", not")[0]


def rule_choices() -> list[tuple[str, str]]:
    return sorted(((rule, rule_name(rule)) for rule in _NAMES), key=lambda choice: choice[1])


def as_text(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


class Words(Column):
    """Plain text from a function of the row."""

    def __init__(self, name: str, label: str, of: Any, width: str | None = None) -> None:
        super().__init__(name, label=label, accessor=of, width=width)


class Story(TitleColumn):
    """The story, leading to its editor."""

    def __init__(self, of: Any) -> None:
        super().__init__(
            "story",
            label="Story",
            accessor=lambda row: of(row).get_admin_display_title(),
            width="26%",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[of(row).pk]),
        )


class DeskReport(ReportView):
    """What the desk's reports share: who may read them, how fresh they are, and cells that are no formulas."""

    is_searchable = False
    default_ordering: str | None = None
    fresh: ClassVar[bool] = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_read_reports(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return freshness() if self.fresh else ""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        return as_text(super().preprocess_field_value(field, value, export_format))

    def get_heading(self, queryset: Any, field: str) -> str:
        return self.export_headings.get(field, field.replace("_", " ").capitalize())


def may_read_reports(user: Any) -> bool:
    """The desk's reports are for whoever may let findings stand or publish."""
    return bool(user.has_perm("accuracy.clear_findings") or user.has_perm("accuracy.view_clearance"))


def freshness() -> str:
    """How old the desk's last words are, and how many drafts changed since."""
    oldest = DraftCheck.objects.order_by("checked").values_list("checked", flat=True).first()
    if oldest is None:
        return "No draft has been checked yet"
    behind = waiting(timezone.now()).count()
    changed = "every draft as it stands" if not behind else f"{behind} changed since and will be checked in a moment"
    return f"checked within the last {timesince(oldest).split(',')[0]}; {changed}"


class FindingFilter(WagtailFilterSet):
    author = django_filters.ModelChoiceFilter(
        label="Author", field_name="check_of__authors", queryset=Author.objects.all()
    )
    rule = django_filters.ChoiceFilter(label="What", choices=rule_choices)

    class Meta:
        model = DraftFinding
        fields: ClassVar = ["author", "rule", "severity"]


class OpenFindings(DeskReport):
    """What the desk has against the drafts, by author and rule."""

    page_title = "Open findings"
    header_icon = "warning"
    index_url_name = "desk_open_findings"
    index_results_url_name = "desk_open_findings_results"
    filterset_class = FindingFilter
    export_filename = "open-findings"
    columns: ClassVar = [
        Story(lambda row: row.check_of.article),
        Words("authors", "By", lambda row: authors_of(row)),
        Words("rule", "What", lambda row: rule_name(row.rule)),
        Words("severity", "It", lambda row: row.get_severity_display()),
        Words("text", "Words", lambda row: shortened(row.text)),
        DateColumn("noticed", label="Since"),
    ]
    list_export: ClassVar = ["check_of.article", "authors", "rule", "severity", "text", "message", "noticed"]
    export_headings: ClassVar = {"check_of.article": "Story", "noticed": "Since"}

    def get_queryset(self) -> QuerySet[DraftFinding]:
        rows = DraftFinding.objects.filter(is_cleared=False).exclude(severity="note")
        return rows.select_related("check_of__article").prefetch_related("check_of__authors").order_by("noticed", "pk")

    def to_row_dict(self, item: DraftFinding) -> Any:
        return {**super().to_row_dict(_Row(item, authors=authors_of(item)))}


class ClearanceFilter(WagtailFilterSet):
    rule = django_filters.ChoiceFilter(label="What", choices=rule_choices)
    cleared_by = django_filters.ModelChoiceFilter(
        label="By", queryset=lambda request: get_user_model().objects.order_by("username")
    )
    state = django_filters.ChoiceFilter(
        label="Which",
        choices=[("holds", "hold"), ("void", "are void"), ("withdrawn", "were taken back")],
        method="in_state",
    )

    class Meta:
        model = Clearance
        fields: ClassVar = ["rule", "cleared_by", "state"]

    def in_state(self, rows: QuerySet[Clearance], name: str, state: str) -> QuerySet[Clearance]:
        return rows.filter(**{"withdrawal__isnull": state != "withdrawn"} | _STATES[state])


_STATES: dict[str, dict[str, Any]] = {"withdrawn": {}, "holds": {"fits": True}, "void": {"fits": False}}


class Clearances(DeskReport):
    """Every clearance that was ever given: what, who, why, and whether it still holds."""

    page_title = "Clearances"
    header_icon = "check"
    index_url_name = "desk_clearances"
    index_results_url_name = "desk_clearances_results"
    filterset_class = ClearanceFilter
    export_filename = "clearances"
    columns: ClassVar = [
        Story(lambda row: row.article),
        Words("rule", "What", lambda row: rule_name(row.rule)),
        Words("text", "Words", lambda row: shortened(row.text)),
        Words("reason", "Why", lambda row: row.reason),
        Words("name", "By", lambda row: f"{row.name}, {row.role}"),
        Words("state", "Now", lambda row: state_of(row)),
        DateColumn("made", label="Given"),
    ]
    list_export: ClassVar = [
        "article", "rule", "text", "speaker", "reason", "public_note", "name", "role", "made", "took", "state",
    ]  # fmt: skip
    export_headings: ClassVar = {"article": "Story", "name": "By", "made": "Given", "state": "Now"}

    def get_queryset(self) -> QuerySet[Clearance]:
        found = DraftFinding.objects.filter(
            check_of__article=OuterRef("article"), rule=OuterRef("rule"), text=OuterRef("text")
        )
        rows: QuerySet[Clearance] = Clearance.objects.annotate(fits=Exists(found.filter(speaker=OuterRef("speaker"))))
        return rows.select_related("article", "withdrawal").order_by("-made", "-pk")

    def to_row_dict(self, item: Clearance) -> Any:
        took = spoken_duration(item.made - item.noticed) if item.noticed else ""
        return {**super().to_row_dict(_Row(item, state=state_of(item), took=took))}


def state_of(clearance: Any) -> str:
    """How a clearance stands with the last check of its draft."""
    if getattr(clearance, "withdrawal", None):
        return f"taken back: {clearance.withdrawal.reason}"
    return "holds" if clearance.fits else "void: the words changed"


@dataclass(frozen=True, slots=True)
class Waited:
    """How long findings of a rule were open before somebody cleared them, and what still waits."""

    rule: str
    cleared: int
    usual: str
    longest: str
    open: int
    oldest: datetime | None


class TimeToClear(DeskReport):
    """How long the findings of each rule wait for somebody."""

    page_title = "Time to clear"
    header_icon = "time"
    index_url_name = "desk_time_to_clear"
    index_results_url_name = "desk_time_to_clear_results"
    export_filename = "time-to-clear"
    columns: ClassVar = [
        Words("rule", "What", lambda row: row.rule),
        Words("cleared", "Cleared", lambda row: row.cleared),
        Words("usual", "Half of them within", lambda row: row.usual),
        Words("longest", "The longest took", lambda row: row.longest),
        Words("open", "Open now", lambda row: row.open),
        DateColumn("oldest", label="The oldest since"),
    ]
    list_export: ClassVar = ["rule", "cleared", "usual", "longest", "open", "oldest"]
    export_headings: ClassVar = {"rule": "What", "usual": "Half of them within", "longest": "The longest took"}

    def get_queryset(self) -> list[Waited]:
        took: dict[str, list[timedelta]] = {}
        for rule, noticed, made in Clearance.objects.exclude(noticed=None).values_list("rule", "noticed", "made"):
            took.setdefault(rule, []).append(max(made - noticed, timedelta()))
        still = DraftFinding.objects.filter(is_cleared=False, severity="error").values_list("rule", "noticed")
        waits: dict[str, list[datetime]] = {}
        for rule, noticed in still:
            waits.setdefault(rule, []).append(noticed)
        return [_waited(rule, took.get(rule, []), waits.get(rule, [])) for rule in sorted({*took, *waits})]

    def filter_queryset(self, queryset: Any) -> Any:
        return queryset


def _waited(rule: str, took: list[timedelta], waits: list[datetime]) -> Waited:
    usual = spoken_duration(timedelta(seconds=median(one.total_seconds() for one in took))) if took else ""
    longest = spoken_duration(max(took)) if took else ""
    return Waited(rule_name(rule), len(took), usual, longest, len(waits), min(waits, default=None))


class SourceFilter(WagtailFilterSet):
    class Meta:
        model = Source
        fields: ClassVar = ["publisher", "language"]


class QuotationsPerSource(DeskReport):
    """What stands on each source: how many quotations, in how many stories, and how they match."""

    page_title = "Quotations per source"
    header_icon = "openquote"
    index_url_name = "desk_quotations_per_source"
    index_results_url_name = "desk_quotations_per_source_results"
    filterset_class = SourceFilter
    export_filename = "quotations-per-source"
    columns: ClassVar = [
        Words("title", "Source", lambda row: str(row)),
        Words("quoted", "Quotations", lambda row: row.quoted),
        Words("stories", "Stories", lambda row: row.stories),
        Words("exact", "Word for word", lambda row: row.exact),
        Words("other", "Otherwise", lambda row: row.quoted - row.exact),
        Words("stopping", "Stopped", lambda row: row.stopping),
    ]
    list_export: ClassVar = ["title", "publisher", "language", "quoted", "stories", "exact", "stopping"]
    export_headings: ClassVar = {"title": "Source", "quoted": "Quotations", "exact": "Word for word"}

    def get_queryset(self) -> Any:
        rows = Source.objects.visible_to(self.request.user).annotate(
            quoted=Count("draftquotation"),
            stories=Count("draftquotation__check_of", distinct=True),
            exact=Count("draftquotation", filter=Q(draftquotation__verdict__in=["exact", "short"])),
            stopping=Count("draftquotation", filter=Q(draftquotation__is_blocking=True)),
        )
        return rows.exclude(draftquotation=None).order_by(F("quoted").desc(), "title")


class HoldFilter(WagtailFilterSet):
    since = django_filters.DateFromToRangeFilter(label="Held since")

    class Meta:
        model = Hold
        fields: ClassVar = ["since"]


class HeldAndWhy(DeskReport):
    """The stories that somebody, or their schedule, wanted out, and that are not."""

    page_title = "Held and why"
    header_icon = "lock"
    index_url_name = "desk_held"
    index_results_url_name = "desk_held_results"
    export_filename = "held"
    fresh = False
    columns: ClassVar = [
        Story(lambda row: row.article),
        Words("reasons", "Why", lambda row: in_lines(row.reasons)),
        DateColumn("since", label="Since"),
        DateColumn("was_due", label="Was due"),
        Words("now", "Now", lambda row: standing(row)),
    ]
    list_export: ClassVar = ["article", "reasons", "since", "was_due", "last_tried", "now"]
    export_headings: ClassVar = {"article": "Story", "reasons": "Why"}

    def get_queryset(self) -> QuerySet[Hold]:
        stops = DraftFinding.objects.filter(check_of__article=OuterRef("article"), severity="error", is_cleared=False)
        rows: QuerySet[Hold] = Hold.objects.filter(released=None).annotate(stops=Exists(stops))
        return rows.select_related("article").order_by("-last_tried")

    def to_row_dict(self, item: Hold) -> Any:
        return {**super().to_row_dict(_Row(item, now=standing(item)))}


def standing(held: Any) -> str:
    """What the last check of the draft says: whether it is worth trying again."""
    return "findings stop it" if held.stops else "the desk has nothing against it: publish it, or set a time"


def in_lines(reasons: str) -> str:
    """The reasons, each on a line of its own."""
    return format_html_join("", "<p>{}</p>", ((reason,) for reason in reasons.split("\n")))


def authors_of(finding: DraftFinding) -> str:
    return ", ".join(author.name for author in finding.check_of.authors.all()) or "Staff"


def shortened(words: str, most: int = 120) -> str:
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"


def spoken_duration(duration: timedelta) -> str:
    """'3 hours', '2 days', 'a moment'."""
    start = timezone.now()
    said = timesince(start - duration, start).split(",")[0]
    return "a moment" if said.startswith("0") else said.replace("\xa0", " ")


class _Row:
    """A row for export, with what is reckoned beside what is stored."""

    def __init__(self, row: Any, **reckoned: Any) -> None:
        self._row = row
        self.__dict__.update(reckoned)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


REPORTS: tuple[type[DeskReport], ...] = (HeldAndWhy, OpenFindings, Clearances, TimeToClear, QuotationsPerSource)


def addresses() -> Iterable[tuple[str, type[DeskReport], str, bool]]:
    """Where each report and its results stand: path, view, name, and whether it is the results alone."""
    for report in REPORTS:
        slug = report.index_url_name.removeprefix("desk_").replace("_", "-")
        yield f"reports/desk/{slug}/", report, report.index_url_name, False
        yield f"reports/desk/{slug}/results/", report, report.index_results_url_name, True
