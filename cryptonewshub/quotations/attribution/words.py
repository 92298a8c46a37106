"""Read a text as a stream of words, punctuation, quotations and paragraph ends, with its sentences numbered.

Whatever stands between quotation marks is one item, so that the grammar around quotations can be read without their
words. Linear in the text: no item is looked at twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cryptonewshub.quotations.attribution.cues import CUE_VERBS
from cryptonewshub.quotations.attribution.marks import MarkedSpan
from cryptonewshub.quotations.attribution.paragraphs import Paragraph
from cryptonewshub.quotations.lexicon import FUNCTION_WORDS, word_set

WORD, CAPITAL, NUMBER, PUNCTUATION, QUOTED, BREAK = "w", "C", "n", "p", "Q", "|"

_ITEM = re.compile(
    r"(?P<word>[@#]?[^\W\d_]+(?:[’'.&‐‑-]?\w+)*)|(?P<number>[$€£]?\d+(?:[.,:]\d+)*\w*(?:-\w+)*)|(?P<other>--|[-–—―]|([,.:;!?()…/•])\4*)"
)
_ABBREVIATED = word_set(
    "mr mrs ms dr sen sens gov govs rep reps jr sr st gen lt col sgt maj capt prof rev hon pres adm cmdr amb"
    " atty dep det supt insp fr msgr no vs etc inc corp co ltd jan feb mar apr jun jul aug sept sep oct nov dec"
    " mt ft d.c u.s u.n u.k e.u a.m p.m ph.d m.d"
)
_ATTRIBUTION = re.compile(
    r"[,?!] (?:(?:said|says|added|wrote|told) (?:[A-Z]|the )|(?:[A-Z][\w.’-]* ){1,4}(?:said|says|added|wrote|told)\b)"
)
_ENDS_SENTENCE = frozenset(".!?")
_MARKS = frozenset("\"“”„‟«»‘’'‚‹›＂″״❝❞「」『』｢｣`")


@dataclass(slots=True)
class Stream:
    """The items of a text, as parallel lists.

    `kinds` holds WORD, CAPITAL (a word with a capital first), NUMBER, PUNCTUATION, QUOTED or BREAK (a paragraph's
    end). `words` are lower case, without a possessive ending; `owners` says which had one. `quoted` is the index of
    the marked span for a QUOTED item, else -1. `sentences` number on through the whole text. `place[i]` is the item of
    the i-th span.
    """

    text: str
    kinds: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    owners: list[bool] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.kinds)

    def text_of(self, item: int) -> str:
        return self.text[self.starts[item] : self.ends[item]]


def read_stream(text: str, paragraphs: list[Paragraph], spans: list[MarkedSpan]) -> Stream:
    """Return the stream of `text`; `spans` must be in order and lie within `paragraphs`."""
    stream = Stream(text)
    at = 0
    for number, paragraph in enumerate(paragraphs):
        position = paragraph.start
        while at < len(spans) and spans[at].start < paragraph.end:
            _read_words(stream, number, position, spans[at].start)
            stream.place.append(len(stream))
            position = _end_of_words(text, spans[at])
            _put(stream, number, QUOTED, "", spans[at].start, position, quoted=at)
            at += 1
        _read_words(stream, number, position, paragraph.end)
        _put(stream, number, BREAK, "", paragraph.end, paragraph.end)
    _tame_headlines(stream)
    _number_sentences(stream)
    return stream


def _end_of_words(text: str, span: MarkedSpan) -> int:
    """Where the quoted words end: with the span, or before the attribution that a missing closing mark let in."""
    if span.is_balanced:
        return span.end
    found = _ATTRIBUTION.search(text, span.start, span.end)
    return found.start() + 1 if found else span.end


def _tame_headlines(stream: Stream) -> None:
    """In lines where nearly every word has a capital, take it from the words that are no names elsewhere."""
    lower = {word for word, kind in zip(stream.words, stream.kinds, strict=True) if kind == WORD}
    first = 0
    for i, kind in enumerate(stream.kinds):
        if kind == BREAK:
            if _is_headline(stream, first, i):
                for k in range(first, i):
                    word = stream.words[k]
                    if stream.kinds[k] == CAPITAL and (word in lower or word in CUE_VERBS or word in FUNCTION_WORDS):
                        stream.kinds[k] = WORD
            first = i + 1


def _is_headline(stream: Stream, first: int, last: int) -> bool:
    """Whether all words of a line but the small ones have a capital."""
    if last - first > 60:
        return False
    capitals = stream.kinds[first:last].count(CAPITAL)
    plain = sum(stream.kinds[i] == WORD and stream.words[i] not in FUNCTION_WORDS for i in range(first, last))
    return capitals >= 3 and plain * 8 <= capitals


def _put(
    stream: Stream, number: int, kind: str, word: str, start: int, end: int, *, owner: bool = False, quoted: int = -1
) -> None:
    stream.kinds.append(kind)
    stream.words.append(word)
    stream.starts.append(start)
    stream.ends.append(end)
    stream.owners.append(owner)
    stream.quoted.append(quoted)
    stream.paragraphs.append(number)


def _read_words(stream: Stream, number: int, start: int, end: int) -> None:
    for found in _ITEM.finditer(stream.text, start, end):
        kind = found.lastgroup
        item = found.group()
        if kind == "word":
            _put_word(stream, number, item, found.start(), found.end())
        elif kind == "number":
            _put(stream, number, NUMBER, item.lower(), found.start(), found.end())
        elif item == "." and _is_abbreviated(stream, found.start()):
            stream.ends[-1] = found.end()
        else:
            word = "—" if item in ("–", "--", "―", "—") else item[0]
            _put(stream, number, PUNCTUATION, word, found.start(), found.end())


def _put_word(stream: Stream, number: int, item: str, start: int, end: int) -> None:
    owner = len(item) > 2 and item[-1] in "sS" and item[-2] in "’'"
    if owner:
        item = item[:-2]
    kind = CAPITAL if item[0].isupper() else WORD
    _put(stream, number, kind, item.lower(), start, start + len(item), owner=owner)


def _is_abbreviated(stream: Stream, at: int) -> bool:
    """Whether a full stop right after the last word belongs to it."""
    if not stream.kinds or stream.ends[-1] != at or stream.kinds[-1] not in (WORD, CAPITAL):
        return False
    word = stream.words[-1]
    return (
        word in _ABBREVIATED
        or (len(word) == 1 and stream.kinds[-1] == CAPITAL)
        or (len(word) > 2 and word[1::2] == "." * (len(word) // 2))
    )


def _number_sentences(stream: Stream) -> None:
    sentence, is_first = 0, True
    for i, kind in enumerate(stream.kinds):
        stream.sentences.append(sentence)
        if is_first and kind == CAPITAL and stream.words[i] in CUE_VERBS and stream.words[i].endswith(("ing", "ed")):
            stream.kinds[i] = WORD
        is_first = kind == BREAK or (kind == PUNCTUATION and stream.words[i] in _ENDS_SENTENCE)
        if (
            kind == BREAK
            or (kind == PUNCTUATION and stream.words[i] in _ENDS_SENTENCE)
            or (kind == QUOTED and _ends_in_quotation(stream, i))
        ):
            sentence += 1


def _ends_in_quotation(stream: Stream, i: int) -> bool:
    """Whether a quotation ends its sentence: a full stop inside, or another end mark with a new sentence behind."""
    last = _last_sign(stream.text, stream.starts[i], stream.ends[i])
    after = stream.kinds[i + 1] if i + 1 < len(stream) else BREAK
    if last == "." or (last == "…" and after != WORD):
        return after in (CAPITAL, QUOTED, BREAK, NUMBER)
    if last not in ("!", "?"):
        return False
    return after in (QUOTED, BREAK) or (after == CAPITAL and not _is_cue_ahead(stream, i + 1))


def _last_sign(text: str, start: int, end: int) -> str:
    while end > start and (text[end - 1] in _MARKS or text[end - 1].isspace()):
        end -= 1
    return text[end - 1] if end > start else ""


def _is_cue_ahead(stream: Stream, i: int) -> bool:
    return any(word in CUE_VERBS for word in stream.words[i : i + 5])
