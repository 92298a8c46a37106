"""What became of a story after it was published: its corrections, its versions, and what other pages must say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptonewshub.editions.content import Change, Content, Correction, FoundBy
from cryptonewshub.languages.wording import N_, Wording
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, moment

_CHANGES = {
    Change.FIRST: N_("First published"),
    Change.UPDATE: N_("Updated"),
    Change.MINOR: N_("Small change"),
    Change.CLARIFICATION: N_("Clarified"),
    Change.CORRECTION: N_("Corrected"),
    Change.RETRACTION: N_("Retracted"),
    Change.IMPORT: N_("Taken over from our earlier site"),
}
_HEADINGS = {
    Change.CORRECTION: N_("Correction"),
    Change.RETRACTION: N_("Retraction"),
    Change.CLARIFICATION: N_("Clarification"),
    Change.UPDATE: N_("Update"),
}
_STATES = {"corrected": N_("Corrected"), "retracted": N_("Retracted")}
_FOUND_BY = {
    FoundBy.STAFF: N_("Found by our staff"),
    FoundBy.READER: N_("Found by a reader"),
    FoundBy.CONCERNED: N_("Found by somebody whom the story concerns"),
}


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What the newsroom says of one change after publication. `id` is its anchor on the story's page.

    `parts` are its sealed texts with their keys, in the order of reading; `found_by` and `credit` say who found it.
    """

    id: str
    key: str
    change: str
    heading: str
    parts: tuple[tuple[str, str], ...]
    found_by: str
    found_by_value: str
    credit: str
    made: Moment
    is_grave: bool


def correction_views(content: Content, site: Site) -> tuple[CorrectionView, ...]:
    """Everything that the newsroom has said of changes up to this version, in the sealed order."""
    return tuple(correction_view(index, correction, site) for index, correction in enumerate(content.corrections))


def since(content: Content, editions: Sequence[Content]) -> str:
    """What became of a story after an earlier edition, where a reader of that edition must know: '' or one word."""
    later = {edition.change for edition in editions if edition.version > content.version}
    if Change.RETRACTION in later:
        return "retracted"
    return "corrected" if Change.CORRECTION in later else ""


def state(content: Content) -> str:
    """What a list must say beside a headline, as it is sealed: 'corrected', 'retracted' or nothing."""
    if content.is_retracted:
        return "retracted"
    return "corrected" if any(c.change is Change.CORRECTION for c in content.corrections) else ""


def state_word(state: str, words: Wording) -> str:
    """What readers read of a state: 'Corrected', 'Retracted' or nothing."""
    return words.say(_STATES[state]) if state else ""


def forms(words: Wording) -> dict[str, list[str]]:
    """Everything that a page may call a class of change."""
    return {change: [words.say(name[change]) for name in (_CHANGES, _HEADINGS) if change in name] for change in Change}


def finder_forms(words: Wording) -> dict[str, list[str]]:
    """What a page says of who found what was wrong."""
    return {found_by: [words.say(said)] for found_by, said in _FOUND_BY.items()}


def state_forms(words: Wording) -> dict[str, list[str]]:
    """What a page calls the state of a story."""
    return {state: [words.say(said)] for state, said in _STATES.items()}


def change_word(change: Change, words: Wording) -> str:
    """What readers read of a class of change: 'Corrected'."""
    return words.say(_CHANGES[change])


def made(edition: Content, correction: Correction | None, site: Site) -> Moment | None:
    """When an edition was made: the time of what was said of it, else of its update, else of its publication."""
    document = edition.document
    when = correction.made if correction else document.updated or document.published
    return moment(when, site.zone, site.language) if when else None


def correction_id(correction: Correction) -> str:
    """The anchor of a correction on its story's page: the version that it made never changes."""
    return f"change-{correction.version}"


def correction_view(index: int, correction: Correction, site: Site) -> CorrectionView:
    """What the newsroom says of one change; `index` is its place in the sealed list."""
    key = f"correction.{index}"
    return CorrectionView(
        id=correction_id(correction),
        key=key,
        change=correction.change.value,
        heading=site.words.say(_HEADINGS.get(correction.change, _CHANGES[correction.change])),
        parts=_parts(correction, key),
        found_by=site.words.say(_FOUND_BY[correction.found_by]) if correction.found_by else "",
        found_by_value=correction.found_by.value if correction.found_by else "",
        credit=correction.credit,
        made=moment(correction.made, site.zone, site.language),
        is_grave=correction.is_grave,
    )


def _parts(correction: Correction, key: str) -> tuple[tuple[str, str], ...]:
    texts = (("wrong", correction.wrong), ("right", correction.right), ("note", correction.note))
    return tuple((f"{key}.{name}", text) for name, text in texts if text)
