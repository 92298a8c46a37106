"""Where quotations come from, as a reader sees it: a source's line, and the note that a quotation's sign opens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from cryptonewshub.articles.document import CitedSource
from cryptonewshub.editions.content import CheckedQuotation, Content
from cryptonewshub.languages.wording import N_, Wording
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.reader.addresses import passage_link, safe_link
from cryptonewshub.reader.languages import direction, language_name
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import Moment, day, day_of
from cryptonewshub.reader.verdicts import Sign, is_counted, standing

CONFIDENTIAL = N_("A confidential source, known to the desk")
NAMED = N_("Source: %(told)s")
_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as it is listed: `number` counts from 1, `lang` is a tag, `language` what the site calls it.

    `name` is its title; for a confidential source, which has none, what readers are told instead. `copy` is where the
    archived copy is, '' where readers may not see it.
    """

    number: int
    key: str
    title: str
    speaker: str
    publisher: str
    published: Moment | None
    language: str
    lang: str
    direction: str
    url: str
    link: str | None
    sha256: str
    captured: Moment | None
    commit: str
    name: str
    copy: str = ""

    @property
    def short_commit(self) -> str:
        return self.commit[:12]

    @property
    def short_hash(self) -> str:
        """The first twelve digits: enough to tell captures apart by eye."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a passage: whether the story quotes it, or it stands between or beside the quoted words."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class PassageView:
    """The place in the source: some words before, the passage in stretches, some words after.

    The words around were cut at a length where they start or end midway; else the source itself starts or ends there.
    """

    before: str
    words: tuple[Words, ...]
    after: str
    starts_midway: bool
    ends_midway: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Where one quotation comes from. `id` is its place in the page, `name` what a screen reader says."""

    id: str
    key: str
    text: str
    where: str
    block: int | None
    end: int
    sign: Sign
    standing: str
    name: str
    label: str
    sentence: str
    speaker: str
    passage: PassageView | None
    source: SourceView | None
    remark: str
    checked_by: str
    link: str | None

    @property
    def verdict(self) -> str:
        """The label as a line of its own: 'Word for word'."""
        return self.label[0].upper() + self.label[1:]


NO_COPIES: Mapping[str, str] = {}


def source_views(content: Content, site: Site, copies: Mapping[str, str] = NO_COPIES) -> dict[str, SourceView]:
    """The sources of a story by their ids, numbered in the order in which the story lists them.

    `copies` are the addresses of those archived copies that readers may see, by the sources' ids.
    """
    sources = enumerate(content.document.sources, start=1)
    return {s.id: replace(_source_view(n, s, site), copy=copies.get(s.id, "")) for n, s in sources}


def notes(content: Content, site: Site, copies: Mapping[str, str] = NO_COPIES) -> list[Note]:
    """A note for every quotation that is somebody's words, in the order of the sealed content."""
    sources = source_views(content, site, copies)
    counted = [quotation for quotation in content.quotations if is_counted(quotation)]
    return [
        _note(n, quotation, sources.get(quotation.source), site.words) for n, quotation in enumerate(counted, start=1)
    ]


def _source_view(number: int, source: CitedSource, site: Site) -> SourceView:
    return SourceView(
        number=number,
        key=f"source.{source.id}",
        title=source.title,
        speaker=source.speaker or "",
        publisher=source.publisher,
        published=day(source.published, site.language) if source.published else None,
        language=language_name(source.language, site.language),
        lang=source.language,
        direction=direction(source.language),
        url=source.url,
        link=safe_link(source.url),
        sha256=source.sha256,
        captured=day_of(source.captured, site.zone, site.language) if source.captured else None,
        commit=source.commit,
        name=site.words.say(CONFIDENTIAL) if source.commit else source.title,
    )


def _note(number: int, quotation: CheckedQuotation, source: SourceView | None, words: Wording) -> Note:
    stands = standing(quotation)
    label = words.say(stands.label)
    speaker = quotation.speaker or (source.speaker if source else "")
    return Note(
        id=f"q{number}",
        key=f"quote.{quotation.id}",
        text=quotation.text,
        where=quotation.where,
        block=quotation.block,
        end=quotation.end,
        sign=stands.sign,
        standing=stands.word,
        name=_accessible_name(speaker, source, label, words),
        label=label,
        sentence="" if quotation.note and quotation.verdict is Verdict.TRANSLATED else words.say(stands.sentence),
        speaker=quotation.speaker,
        passage=_passage(quotation),
        source=source,
        remark=quotation.note,
        checked_by=quotation.checked_by,
        link=_link(quotation, source),
    )


def _link(quotation: CheckedQuotation, source: SourceView | None) -> str | None:
    """The original, opened at the words where that can be done."""
    if source is None:
        return None
    return passage_link(source.url, quotation.passage.exact if quotation.passage else "")


def _accessible_name(speaker: str, source: SourceView | None, label: str, words: Wording) -> str:
    """'Source: Ida Holm, statement to the council, 28 September 2024, word for word'."""
    told = [
        speaker,
        source.name if source else "",
        source.published.text if source and source.published else "",
        label,
    ]
    return words.say(NAMED, told=", ".join(part for part in told if part))


def _passage(quotation: CheckedQuotation) -> PassageView | None:
    passage = quotation.passage
    if passage is None:
        return None
    before, after = whole_words_around(passage)
    return PassageView(
        before=before,
        words=tuple(_stretches(quotation, passage.exact)),
        after=after,
        starts_midway=len(passage.prefix) >= _CUT_AT,
        ends_midway=len(passage.suffix) >= _CUT_AT,
    )


def whole_words_around(passage: Passage) -> tuple[str, str]:
    """The words before and after a passage, without the halves of words that a cut at a fixed length leaves."""
    before = re.sub(r"\A\S*\s+", "", passage.prefix, count=1) if len(passage.prefix) >= _CUT_AT else passage.prefix
    after = re.sub(r"\s+\S*\Z", "", passage.suffix, count=1) if len(passage.suffix) >= _CUT_AT else passage.suffix
    return before, after


_CUT_AT = 80  # the length at which the archive cuts what stands around a passage


def _stretches(quotation: CheckedQuotation, exact: str) -> Iterator[Words]:
    """The passage, with the quoted words told from those that an edited quotation left out."""
    if quotation.verdict is not Verdict.EDITED:
        yield Words(exact, True)
        return
    there, quoted = list(_WORD.finditer(exact)), [w.group().casefold() for w in _WORD.finditer(quotation.text)]
    matcher = SequenceMatcher(None, [w.group().casefold() for w in there], quoted, autojunk=False)
    at = 0
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag != "delete":
            continue
        start = there[first - 1].end() if first else 0
        end = there[last].start() if last < len(there) else len(exact)
        yield from (Words(exact[at:start], True), Words(exact[start:end], False))
        at = end
    if at < len(exact):
        yield Words(exact[at:], True)
