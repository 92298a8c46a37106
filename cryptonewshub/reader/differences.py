"""What a reader is shown of the difference between two editions: each changed part, with the words marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptonewshub.editions.content import Content
from cryptonewshub.languages.wording import N_, Wording
from cryptonewshub.reader.comparing import Pair, Run, Sign, compare_words, pair_blocks
from cryptonewshub.verifier.sealed import sealed_links, sealed_values

_KINDS = {
    "p": N_("Paragraph"),
    "h": N_("Subhead"),
    "quote": N_("Block quotation"),
    "ul": N_("List item"),
    "ol": N_("List item"),
    "image": N_("Caption"),
    "facts-title": N_("Title of a fact box"),
    "facts": N_("Line of a fact box"),
    "points": N_("Key point"),
    "table-title": N_("Title of a table"),
    "row-head": N_("Head of a table"),
    "row": N_("Row of a table"),
    "update": N_("Headline of an update"),
}
_OTHER = N_("Paragraph")
_ALONE = {
    "headline": N_("Headline"),
    "standfirst": N_("Summary"),
    "kicker": N_("Kicker"),
    "dateline": N_("Dateline"),
    "section": N_("Section"),
    "label": N_("Kind of story"),
    "series": N_("Series"),
    "series.part": N_("Part of a series"),
    "ended": N_("End of live coverage"),
    "published": N_("Time of publication"),
    "path": N_("Address"),
}
_NUMBERED = (
    (re.compile(r"byline\.\d+(\.role)?"), N_("Byline")),
    (re.compile(r"image\.\d+\.alt"), N_("Description of a picture")),
    (re.compile(r"image\.\d+\.credit"), N_("Credit of a picture")),
    (re.compile(r"image\.\d+\.licence"), N_("Licence of a picture")),
    (re.compile(r"topic\.\d+"), N_("Topic")),
    (re.compile(r"source\.[^.]+\.(?:title|speaker|publisher|published|lang|url)"), N_("Source")),
)

Link = tuple[str, str]  # the linked words and where they lead


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that a block lost ('-') or gained ('+'); `key` names it in the edition that has it."""

    sign: Sign
    key: str
    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story in two editions: its words, and sentences about what words cannot show.

    `key` names it in the later edition and `was` in the earlier one; '' where it stands in one of them only.
    """

    label: str
    key: str
    was: str
    runs: tuple[Run, ...]
    remarks: tuple[str, ...] = ()
    links: tuple[LinkChange, ...] = ()
    is_subhead: bool = False

    @property
    def is_changed(self) -> bool:
        return bool(self.remarks or self.links) or any(run.sign != "=" for run in self.runs)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two editions, the earlier one first: the changed particulars, and the whole body."""

    particulars: tuple[Part, ...]
    body: tuple[Part, ...]

    @property
    def changed(self) -> tuple[Part, ...]:
        return (*self.particulars, *(part for part in self.body if part.is_changed))

    @property
    def names(self) -> tuple[str, ...]:
        """What changed, each kind of part once: 'Headline', 'Paragraph'."""
        return tuple(dict.fromkeys(part.label for part in self.changed))


def difference(before: Content, after: Content, words: Wording) -> Difference:
    """Everything that a reader of the later edition sees otherwise than a reader of the earlier one."""
    left, right = (json.loads(content.to_bytes()) for content in (before, after))
    particulars = (*_particulars(left, right, words), *_pictures(left, right, words), *_quotations(left, right, words))
    return Difference(particulars, tuple(_body(left, right, words)))


def _particulars(left: dict[str, Any], right: dict[str, Any], words: Wording) -> Iterator[Part]:
    old, new = sealed_values(left), sealed_values(right)
    for key in dict.fromkeys((*new, *old)):
        label = _label(key)
        if label and old.get(key) != new.get(key):
            yield _part(words.say(label), old, new, key, key)


def _label(key: str) -> str:
    return _ALONE.get(key) or next((label for pattern, label in _NUMBERED if pattern.fullmatch(key)), "")


def _part(label: str, old: Mapping[str, str], new: Mapping[str, str], was: str, key: str) -> Part:
    runs = compare_words(old.get(was, ""), new.get(key, ""))
    return Part(label, key if key in new else "", was if was in old else "", runs)


def _pictures(left: dict[str, Any], right: dict[str, Any], words: Wording) -> Iterator[Part]:
    old, new = ([image["sha256"] for image in side.get("images", ())] for side in (left, right))
    for picture in dict.fromkeys((*new, *old)):
        if picture not in old:
            yield Part(words.say("Picture"), "", "", (), (words.say("A picture was added."),))
        elif picture not in new:
            yield Part(words.say("Picture"), "", "", (), (words.say("A picture was removed."),))


def _quotations(left: dict[str, Any], right: dict[str, Any], words: Wording) -> Iterator[Part]:
    """Of the quotations whose words stayed: another speaker, or another reason to let them stand."""
    old, new = sealed_values(left), sealed_values(right)
    ids = {quote["text"]: quote["id"] for quote in left.get("quotes", ()) if quote.get("text")}
    for quote in right.get("quotes", ()):
        was = ids.get(quote.get("text"))
        for name, label in (("speaker", N_("Speaker of a quotation")), ("note", N_("Remark on a quotation"))):
            keys = f"quote.{was}.{name}", f"quote.{quote['id']}.{name}"
            if was and old.get(keys[0]) != new.get(keys[1]):
                yield _part(words.say(label), old, new, *keys)


def _body(left: dict[str, Any], right: dict[str, Any], words: Wording) -> Iterator[Part]:
    old, new = sealed_values(left), sealed_values(right)
    blocks = [side.get("body", []) for side in (left, right)]
    links = [sealed_links(side) for side in (left, right)]
    texts = [[(block["t"], block.get("s", "")) for block in side] for side in blocks]
    for pair in pair_blocks(*texts):
        was, key = (f"body.{place}" if place is not None else "" for place in (pair.before, pair.after))
        kind = blocks[1][pair.after]["t"] if pair.after is not None else blocks[0][pair.before or 0]["t"]
        yield replace(
            _part(words.say(_KINDS.get(kind, _OTHER)), old, new, was, key),
            is_subhead=kind == "h",
            remarks=tuple(_structure(pair, blocks[0], blocks[1], words)),
            links=tuple(_links(was, links[0].get(was, []), key, links[1].get(key, []))) if was and key else (),
        )
        for name, label in (("speaker", N_("Speaker of a quotation")), ("at", N_("Time of an update"))):
            if was and key and old.get(f"{was}.{name}") != new.get(f"{key}.{name}"):
                yield _part(words.say(label), old, new, f"{was}.{name}", f"{key}.{name}")


def _structure(
    pair: Pair, old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], words: Wording
) -> Iterator[str]:
    if pair.before is None or pair.after is None:
        return
    if pair.is_moved:
        yield words.say("Moved here from another place.")
    before, after = old[pair.before]["t"], new[pair.after]["t"]
    if before != after:
        yield words.say("It was of another kind: %(kind)s.", kind=words.say(_KINDS.get(before, _OTHER)).lower())


def _links(was: str, old: Sequence[Link], key: str, new: Sequence[Link]) -> Iterator[LinkChange]:
    yield from (LinkChange("-", f"{was}.link.{n}", *link) for n, link in enumerate(old) if link not in new)
    yield from (LinkChange("+", f"{key}.link.{n}", *link) for n, link in enumerate(new) if link not in old)
