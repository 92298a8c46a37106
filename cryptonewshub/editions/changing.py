"""The class of a change after publication: chosen by a person, for this change, and never assumed.

A choice belongs to the edition that it follows (`changes_edition` of the page): once that edition has a successor, the
choice has been used, and the next change needs one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.articles.printable import in_one_line
from cryptonewshub.editions.content import TOLD, Change, Content, Correction, FoundBy, Severity
from cryptonewshub.editions.minor_changes import meaning_changes
from cryptonewshub.editions.sentences import Difference, differences, sentences_of

CHOOSE = "Say what kind of change this is: minor, update, clarification, correction or retraction."
_USED = "The kind of change was chosen for an earlier version. Say what kind of change this one is."
_SAY_WRONG = {
    Change.CORRECTION: "Tell readers what was wrong.",
    Change.RETRACTION: "Tell readers why the story is retracted: what was wrong.",
}
_SAY_RIGHT = {
    Change.CORRECTION: "Tell readers what is right now.",
    Change.CLARIFICATION: "Tell readers what is meant.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the editor says of the change, as it stands in the page; `change` is None while nothing is chosen."""

    change: Change | None
    note: str
    wrong: str
    right: str
    found_by: FoundBy | None
    credit: str
    severity: Severity | None
    is_minor_all_the_same: bool
    follows: int | None

    @classmethod
    def of(cls, page: ArticlePage) -> Choice:
        return cls(
            change=Change(page.change) if page.change else None,
            note=in_one_line(page.change_note).strip(),
            wrong=in_one_line(page.was_wrong).strip(),
            right=in_one_line(page.is_right).strip(),
            found_by=FoundBy(page.found_by) if page.found_by else None,
            credit=in_one_line(page.credit).strip(),
            severity=Severity(page.severity) if page.severity else None,
            is_minor_all_the_same=page.minor_all_the_same,
            follows=page.changes_edition,
        )

    @property
    def is_told(self) -> bool:
        """Whether the edition says something of this change, besides its class."""
        return self.change in TOLD or bool(self.note)

    def is_last_of(self, previous: Content) -> bool:
        """Whether readers have been told exactly this as the last thing: a command that is run twice says it once."""
        last = previous.corrections[-1] if previous.corrections else None
        if last is None or last.version != previous.version:
            return False
        return (last.change, last.note, last.wrong, last.right) == (self.change, *self._words)

    @property
    def _words(self) -> tuple[str, str, str]:
        """The words that belong to the class; the form keeps what was typed for another one."""
        if self.change in TOLD:
            return "", self.wrong, self.right
        return self.note, "", ""

    def as_correction(self, *, made: datetime, history: Sequence[Content], now: Content) -> Correction | None:
        """The choice as it is sealed, or None where there is nothing to say. `history` is every earlier version."""
        if self.change is None or not self.is_told:
            return None
        note, wrong, right = self._words
        if self.change not in TOLD:
            return Correction(self.change, note, made, now.version)
        found = differences(history[-1].document, now.document)
        corrects = _first_wrong(history, found, self.change)
        return Correction(
            change=self.change,
            note=note,
            made=made,
            version=now.version,
            wrong=wrong,
            right=right,
            found_by=self.found_by,
            credit=self.credit,
            severity=_severity(self.change, self.severity),
            corrects=corrects.version,
            since=corrects.document.updated or corrects.document.published,
            passage=found[0].at if found else None,
        )


def reasons_against(choice: Choice, previous: Content, now: Content) -> list[str]:
    """Why this change cannot be published as it is classed, as sentences; empty when it can."""
    if choice.change is None:
        return [CHOOSE]
    if choice.follows != previous.version:
        return [_USED if choice.follows else CHOOSE]
    missing = [
        *([_SAY_WRONG[choice.change]] if choice.change in _SAY_WRONG and not choice.wrong else []),
        *([_SAY_RIGHT[choice.change]] if choice.change in _SAY_RIGHT and not choice.right else []),
    ]
    if choice.change is Change.MINOR and not choice.is_minor_all_the_same:
        missing += [f"You call this a minor change, but {said}." for said in meaning_changes(previous, now)]
    return missing


def _severity(change: Change, said: Severity | None) -> Severity:
    """As the editor said; else a correction and a retraction are grave, and a clarification is not."""
    if change is Change.RETRACTION:
        return Severity.GRAVE
    return said or (Severity.SLIGHT if change is Change.CLARIFICATION else Severity.GRAVE)


def _first_wrong(history: Sequence[Content], found: Sequence[Difference], change: Change) -> Content:
    """The oldest version that had what was wrong, in an unbroken run up to the last one.

    Without a changed word, a retraction is of the story from its beginning, and anything else of the last version.
    """
    if not found:
        return history[0] if change is Change.RETRACTION else history[-1]
    first = history[-1]
    for version in reversed(history):
        if not _had(version, found[0]):
            break
        first = version
    return first


def _had(version: Content, difference: Difference) -> bool:
    """Whether a version said what was changed; for words that were only added, whether it lacked them."""
    said = {" ".join(sentence.text.split()) for sentence in sentences_of(version.document)}
    if difference.before:
        return all(" ".join(sentence.text.split()) in said for sentence in difference.before)
    return not any(" ".join(sentence.text.split()) in said for sentence in difference.after)
