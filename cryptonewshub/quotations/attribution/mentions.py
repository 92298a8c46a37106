"""Who a sentence mentions that could speak: names, pronouns, and the phrases beside verbs of saying.

Each mention knows the verb that it is the subject of, if one stands near, and how it stands to it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptonewshub.quotations.attribution.cues import CUE_VERBS, PLAIN_VERBS
from cryptonewshub.quotations.attribution.persons import Entry, Name
from cryptonewshub.quotations.attribution.words import BREAK, CAPITAL, NUMBER, PUNCTUATION, QUOTED, WORD, Stream
from cryptonewshub.quotations.lexicon import DAYS_AND_MONTHS, DETERMINERS, FUNCTION_WORDS, SUBJECT_PRONOUNS, word_set

NAME, PRONOUN, DESCRIPTION = "name", "pronoun", "description"

_BETWEEN = word_set(
    "has have had is was were are be been being also later then once again repeatedly did does do would will"
    " could himself herself themselves even further recently often just now still never not first soon"
    " previously earlier since always all both each and who today yesterday too twice to ever actually may"
    " might can should must"
)
_TITLE_WORDS_LOWER = 6
_APPOSITION = 34
_PREPOSITIONS = word_set("of for at in with from on to near behind against about by under over among inside")
_HANGING = word_set("of for to from with at in by")
_TIMES = word_set("week month year night weekend morning afternoon evening") | DAYS_AND_MONTHS
_BEFORE_NOUNS = word_set("recent earlier own previous many other repeated public private first last new such no")

_STANDING_ALONE = word_set("one some many several another both most")
_CLAUSE_STARTS = word_set("and but as while that when if because though although or so then , : ; — ( )")
_NO_NOUN = FUNCTION_WORDS - {"other", "former", "first", "second", "third", "last", "late", "own", "one", "end"}


@dataclass(slots=True, eq=False)
class Mention:
    """Items `first`:`last` of the stream. `outer` is the first item of the title before a name.

    `cue` is the item of the verb (or colon) that the mention belongs to, or -1; `relation` says how: 'NV' (she said),
    'N,V' (Keller, the mayor, said), 'NwV' (Keller in May said), 'NrV' (Keller, who said), 'QVN' ("…" said Keller),
    'oVN' (told Keller), 'acc' (according to Keller), 'by', 'N:' or ''.
    """

    kind: str
    first: int
    last: int
    outer: int
    start: int
    end: int
    word: str
    entry: Entry | None = None
    cue: int = -1
    relation: str = ""


def find_mentions(stream: Stream, names: list[Name]) -> list[Mention]:
    """Return the mentions of a stream, in order of their first item."""
    mentions = [_of_name(name) for name in names]
    mentions += [_of_pronoun(stream, i) for i, word in enumerate(stream.words) if _is_pronoun(stream, i, word)]
    mentions += _descriptions(stream, mentions)
    mentions.sort(key=lambda mention: (mention.first, mention.last))
    for mention in mentions:
        _relate(stream, mention)
    return mentions


def _of_name(name: Name) -> Mention:
    return Mention(
        NAME, name.first, name.last, name.first - len(name.title), name.start, name.end, name.parts[-1], name.entry
    )


def _is_pronoun(stream: Stream, i: int, word: str) -> bool:
    return word in SUBJECT_PRONOUNS and stream.kinds[i] in (WORD, CAPITAL) and not stream.owners[i]


def _of_pronoun(stream: Stream, i: int) -> Mention:
    return Mention(PRONOUN, i, i + 1, i, stream.starts[i], stream.ends[i], stream.words[i])


def _descriptions(stream: Stream, mentions: list[Mention]) -> list[Mention]:
    """The phrases that stand as subjects beside verbs of saying and are neither name nor pronoun alone."""
    taken = {mention.last - 1: mention for mention in mentions}
    starts = {mention.outer: mention for mention in mentions}
    found: dict[tuple[int, int], Mention] = {}
    for verb, word in enumerate(stream.words):
        span = None
        if word in CUE_VERBS and is_verb_of_saying(stream, verb):
            span = _after_verb(stream, verb) if _is_after_quotation(stream, verb) else None
            span = span or _before_verb(stream, verb)
        elif word == "to" and verb and stream.words[verb - 1] == "according":
            span = _noun_phrase_from(stream, verb + 1)
        elif word == ":" and verb + 1 < len(stream) and stream.kinds[verb + 1] == QUOTED:
            span = _before_verb(stream, verb)
        if span is not None and span not in found and not _is_mention(span, taken, starts):
            first, last = span
            found[span] = Mention(
                DESCRIPTION, first, last, first, stream.starts[first], stream.ends[last - 1], _head(stream, first, last)
            )
    return list(found.values())


def _is_mention(span: tuple[int, int], taken: dict[int, Mention], starts: dict[int, Mention]) -> bool:
    """Whether a phrase is nothing but a mention that we have."""
    first, last = span
    mention = taken.get(last - 1) or starts.get(first)
    return mention is not None and mention.outer <= first and mention.last >= last


def _is_after_quotation(stream: Stream, verb: int) -> bool:
    i = verb - 1
    while i >= 0 and (stream.words[i] in (",", "—", "also", "then", "once", "later") or _is_adverb(stream, i)):
        i -= 1
    return i >= 0 and stream.kinds[i] == QUOTED


def _after_verb(stream: Stream, verb: int) -> tuple[int, int] | None:
    i = verb + 1
    if i < len(stream) and (stream.words[i] in DETERMINERS or stream.kinds[i] in (WORD, NUMBER)):
        return _noun_phrase_from(stream, i)
    return None


def _noun_phrase_from(stream: Stream, first: int) -> tuple[int, int] | None:
    """The phrase that starts at an item, with what hangs on it: 'an aide to the mayor'."""
    last = _simple_phrase_end(stream, first)
    while last > first and last - first < 14 and last < len(stream) and stream.words[last] in _HANGING:
        further = _simple_phrase_end(stream, last + 1)
        if further == last + 1:
            break
        last = further
    return (first, last) if last > first else None


def _simple_phrase_end(stream: Stream, first: int) -> int:
    """The end of a determiner and the words that can follow it; `first` where there are none."""
    i = first
    if i < len(stream) and stream.words[i] in DETERMINERS:
        i += 1
    start = i
    while i < len(stream) and i - first < 10 and _can_be_in_phrase(stream, i):
        i += 1
    is_whole = i > start or (first < start and stream.words[first] in _STANDING_ALONE)
    return i if is_whole else first


def _can_be_in_phrase(stream: Stream, i: int) -> bool:
    kind = stream.kinds[i]
    if kind == WORD:
        word = stream.words[i]
        return word not in _NO_NOUN
    return kind == NUMBER or (kind == CAPITAL and (stream.words[i] not in _NO_NOUN or not _starts_sentence(stream, i)))


def _starts_sentence(stream: Stream, i: int) -> bool:
    return i == 0 or stream.sentences[i - 1] != stream.sentences[i]


def _before_verb(stream: Stream, verb: int) -> tuple[int, int] | None:
    last = _before_time(stream, verb)
    while last > 0 and (stream.words[last - 1] in _BETWEEN or _is_adverb(stream, last - 1)):
        last -= 1
    if last > 0 and stream.words[last - 1] == ",":
        comma = _opening_comma(stream, last - 1)
        if comma is None:
            return None
        last = comma
    return _noun_phrase_to(stream, last)


def _before_time(stream: Stream, verb: int) -> int:
    """The item of the verb, or of the time before it ('last week said')."""
    if verb > 1 and stream.words[verb - 1] in _TIMES:
        return verb - 2 if stream.words[verb - 2] in ("last", "this", "earlier", "late", "early", "on") else verb - 1
    return verb


def is_verb_of_saying(stream: Stream, i: int) -> bool:
    """Whether a word that can be a verb of saying is one here, and not a noun ('his recent remarks')."""
    if stream.kinds[i] != WORD:
        return False
    word = stream.words[i]
    after = stream.words[i + 1] if i + 1 < len(stream) else ""
    if (CUE_VERBS[word] == "go" and (after != "on" or word == "go")) or (CUE_VERBS[word] == "rule" and after == "out"):
        return False
    if word.endswith(("ed", "ing")) or word in PLAIN_VERBS or i == 0:
        return True
    before = stream.words[i - 1]
    if stream.kinds[i - 1] == QUOTED and stream.text[stream.ends[i - 1] - 1].isalnum():
        return False
    return not (
        stream.owners[i - 1] or before in DETERMINERS or before in _BEFORE_NOUNS or before in _PREPOSITIONS - {"to"}
    )


def _is_adverb(stream: Stream, i: int) -> bool:
    return stream.kinds[i] == WORD and stream.words[i].endswith("ly")


def _opening_comma(stream: Stream, comma: int) -> int | None:
    """The comma that opens the apposition which ends at `comma`: the last one before with a noun in front of it."""
    for i in range(comma - 1, max(0, comma - _APPOSITION), -1):
        if stream.kinds[i] in (QUOTED, BREAK) or stream.words[i] in (".", ";"):
            return None
        if stream.words[i] == ",":
            return i
    return None


def _noun_phrase_to(stream: Stream, last: int) -> tuple[int, int] | None:
    """The phrase that ends before `last`, with what hangs on it by prepositions ('a spokesman for the port')."""
    first = _phrase_start(stream, last)
    if first is None:
        return None
    while first > 1 and stream.words[first - 1] in _PREPOSITIONS and last - first < 14:
        earlier = _phrase_start(stream, first - 1)
        if earlier is None:
            break
        first = earlier
    return first, last


def phrase_before(stream: Stream, pronoun: int) -> tuple[int, int] | None:
    """The offsets of the phrase that a relative pronoun at this item follows: 'Danish officials, who …'."""
    last = pronoun - 1 if pronoun and stream.words[pronoun - 1] == "," else pronoun
    span = _noun_phrase_to(stream, last)
    return (stream.starts[span[0]], stream.ends[span[1] - 1]) if span else None


def _phrase_start(stream: Stream, last: int) -> int | None:
    first = last
    while first > 0 and last - first < 8 and _can_be_in_phrase(stream, first - 1):
        if stream.words[first - 1] in CUE_VERBS and stream.kinds[first - 1] == WORD and first < last:
            break
        first -= 1
    if first > 0 and stream.words[first - 1] in DETERMINERS and stream.kinds[first - 1] in (WORD, CAPITAL):
        return first - 1 if first < last or stream.words[first - 1] in _STANDING_ALONE else None
    if first == last or not _can_start_bare(stream, first):
        return None
    return first


def _can_start_bare(stream: Stream, first: int) -> bool:
    """Whether a phrase without a determiner can start here: with a sentence, a clause, or after a preposition."""
    if first == 0 or _starts_sentence(stream, first) or stream.kinds[first - 1] in (QUOTED, BREAK):
        return True
    return stream.words[first - 1] in _CLAUSE_STARTS or stream.words[first - 1] in _PREPOSITIONS


def _head(stream: Stream, first: int, last: int) -> str:
    """The noun that the phrase is about: the last word before a preposition, comma or its end."""
    for i in range(first + 1, last):
        if stream.words[i] in _PREPOSITIONS:
            return stream.words[i - 1]
    return stream.words[last - 1]


def _relate(stream: Stream, mention: Mention) -> None:
    if _relate_to_word_before(stream, mention):
        return
    if not _relate_to_word_after(stream, mention) and not mention.relation and mention.outer > 0:
        before = mention.outer - 1
        if stream.words[before] in CUE_VERBS and stream.kinds[before] == WORD:
            mention.cue, mention.relation = before, "oVN"


def _relate_to_word_before(stream: Stream, mention: Mention) -> bool:
    """Inverted order, 'according to' and 'by'."""
    i = mention.outer - 1
    if i < 0:
        return False
    word = stream.words[i]
    if word == "to" and i and stream.words[i - 1] == "according":
        mention.cue, mention.relation = i - 1, "acc"
        return True
    steps = 0
    while (
        i >= 0 and steps < _TITLE_WORDS_LOWER and stream.kinds[i] in (WORD, CAPITAL, NUMBER) and word not in CUE_VERBS
    ):
        i, steps = i - 1, steps + 1
        word = stream.words[i]
    if i >= 0 and word in CUE_VERBS and stream.kinds[i] == WORD and _is_after_quotation(stream, i):
        mention.cue, mention.relation = i, "QVN" if steps == 0 else "QVwN"
        return True
    return False


def _relate_to_word_after(stream: Stream, mention: Mention) -> bool:
    if stream.owners[mention.last - 1]:
        return False
    verb = _verb_from(stream, mention.last)
    if verb is not None:
        mention.cue, mention.relation = verb, "NV"
        return True
    i = mention.last
    if i >= len(stream):
        return False
    if stream.words[i] == ":":
        mention.cue, mention.relation = i, "N:"
        return True
    if stream.words[i] in (",", "(", "—"):
        return _relate_over_apposition(stream, mention, i)
    return _relate_over_words(stream, mention, i)


def _verb_from(stream: Stream, i: int) -> int | None:
    while i < len(stream) and stream.kinds[i] == WORD and (stream.words[i] in _BETWEEN or _is_adverb(stream, i)):
        i += 1
    i = _after_time(stream, i)
    if i < len(stream) and stream.words[i] in CUE_VERBS and is_verb_of_saying(stream, i):
        return i
    return None


def _after_time(stream: Stream, i: int) -> int:
    if (
        i + 2 < len(stream)
        and stream.words[i + 1] in _TIMES
        and stream.words[i] in ("last", "this", "on", "late", "early")
    ):
        return i + 2
    return i + 1 if i + 1 < len(stream) and stream.words[i] in DAYS_AND_MONTHS else i


def _relate_over_apposition(stream: Stream, mention: Mention, comma: int) -> bool:
    if comma + 1 < len(stream) and stream.words[comma + 1] == "who":
        verb = _verb_from(stream, comma + 2)
        if verb is not None:
            mention.cue, mention.relation = verb, "NrV"
            return True
    for i in range(comma + 1, min(len(stream), comma + _APPOSITION)):
        if stream.kinds[i] == BREAK or stream.words[i] in (".", ";"):
            return False
        if stream.words[i] in (",", ")", "—") or (stream.kinds[i] == QUOTED and stream.text[stream.ends[i] - 1] == ","):
            verb = _verb_from(stream, i + 1)
            if verb is not None:
                mention.cue, mention.relation = verb, "N,V"
                return True
    return False


def _relate_over_words(stream: Stream, mention: Mention, i: int) -> bool:
    for k in range(i, min(len(stream), i + 9)):
        if stream.kinds[k] in (PUNCTUATION, QUOTED, BREAK):
            return False
        if stream.words[k] in CUE_VERBS and is_verb_of_saying(stream, k):
            mention.cue, mention.relation = k, "NwV" if stream.words[k] in PLAIN_VERBS else "Nwv"
            return True
    return False
