"""Tell speech from what only wears quotation marks: titles of works, terms, nicknames, words as words, markup.

A few certain signs decide alone; for the rest a logistic model weighs features of the words, of what stands around
them, and of the nearest verb of saying. The features are opaque keys of the table of weights.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.quotations.attribution.cues import CUE_NOUNS, CUE_VERBS, PLAIN_VERBS
from cryptonewshub.quotations.attribution.marks import MarkedSpan
from cryptonewshub.quotations.attribution.mentions import NAME, Mention, is_verb_of_saying
from cryptonewshub.quotations.attribution.weights import Weights
from cryptonewshub.quotations.attribution.words import BREAK, CAPITAL, NUMBER, PUNCTUATION, QUOTED, WORD, Stream
from cryptonewshub.quotations.lexicon import BODIES, DETERMINERS, FUNCTION_WORDS, word_set

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_SMALL = word_set("a an and as at but by for from in into nor of on or the to up with vs v is")
_FIRST_SECOND = word_set("i i'm i've i'll i'd me my mine we we're we've we'll us our ours you you're you've your yours")
_VERBISH = word_set(
    "is are was were be been am do does did has have had will would can could should shall may might must"
    " isn't aren't wasn't don't doesn't didn't won't wouldn't can't couldn't shouldn't it's that's there's he's"
    " she's they're let's what's who's hasn't haven't ain't gonna get got go going make want need know think"
    " say"
)
_REACH = 40
_HEADLINE = 25  # items
LABEL = re.compile(r"[A-Z][A-Z.’'-]{2,20}(?: [A-Z][A-Z.’'-]{1,20}){0,2}: ")
_THRESHOLD = 0.1


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a quotation is speech, and in a few words why."""

    is_speech: bool
    reason: str


def judge_speech(stream: Stream, spans: list[MarkedSpan], mentions: list[Mention], weights: Weights) -> list[Judgement]:
    """Return a judgement for each span, in their order."""
    echoes = find_echoes(stream)
    subjects = subjects_of_cues(mentions)
    openings = attribution_openings(stream, mentions)
    judgements = [
        _judge(stream, i, span, echoes[i], subjects, openings, weights.speech) for i, span in enumerate(spans)
    ]
    return _agree_over_paragraphs(spans, judgements)


def _agree_over_paragraphs(spans: list[MarkedSpan], judgements: list[Judgement]) -> list[Judgement]:
    """What runs over several paragraphs is speech if any part of it is."""
    for i in range(1, len(spans)):
        if spans[i].continues and judgements[i - 1].is_speech and not judgements[i].is_speech:
            judgements[i] = judgements[i - 1]
    for i in range(len(spans) - 1, 0, -1):
        if spans[i].continues and judgements[i].is_speech and not judgements[i - 1].is_speech:
            judgements[i - 1] = judgements[i]
    return judgements


def attribution_openings(stream: Stream, mentions: list[Mention]) -> set[int]:
    """The items where an attribution starts: 'she said', 'said Ida Holm', 'according to'."""
    found = {i for i, word in enumerate(stream.words) if word == "according"}
    for mention in mentions:
        if mention.relation == "NV" and mention.cue == mention.last and stream.words[mention.cue] in PLAIN_VERBS:
            found.add(mention.outer)
        verb = mention.outer - 1
        if verb > 0 and stream.kinds[verb] == WORD and stream.words[verb] in PLAIN_VERBS:
            found.update({verb} if stream.words[verb].endswith(("d", "s", "dit")) else ())
    return found


_MAKERS = word_set("author host co-host star director editor producer writer creator composer singer co-author")
_WORKS = word_set(
    "film movie book novel song show series album play documentary episode program programme memoir podcast"
    " musical sitcom drama anthem ballad painting bestseller best-seller miniseries newsletter cartoon opera"
    " single"
)
_USERS = word_set(
    "said says say tweeted wrote used uses use using uttered utter repeated mentioned mention shouted chanted invoked"
)


def _certain_reason(stream: Stream, place: int) -> str:
    """Why a quotation is surely no speech, from the words right around it; '' where that is not sure."""
    before = stream.words[place - 1] if place else ""
    if before == "so-called" or (before == "called" and place > 1 and stream.words[place - 2] == "so"):
        return "so-called"
    if _is_nickname(stream, place):
        return "a nickname"
    if before == "word" and place > 1 and stream.words[place - 2] == "the" and not _is_used(stream, place):
        return "a word as a word"
    if _is_named_work(stream, place, before):
        return "a title"
    return "a term in a headline" if _is_headline_term(stream, place) else ""


def _is_headline_term(stream: Stream, place: int) -> bool:
    """A few words in a short first line in which nobody says anything."""
    if stream.paragraphs[place] != 0 or len(stream.text_of(place).split()) > 3 or BREAK not in stream.kinds[:_HEADLINE]:
        return False
    line = range(stream.kinds.index(BREAK))
    if stream.text_of(place).endswith(",") or stream.kinds[: len(line)].count(QUOTED) > 1:
        return False
    return not any(
        stream.words[i] in (":", "according") or (stream.words[i] in CUE_VERBS and is_verb_of_saying(stream, i))
        for i in line
    )


def _follows_verb(stream: Stream, place: int, subjects: dict[int, str]) -> bool:
    """Whether a verb of saying with a subject stands right before words that are no title."""
    verb = place - 1
    if verb > 0 and stream.words[verb] == ":":
        return stream.kinds[verb - 1] == WORD and stream.words[verb - 1] in CUE_VERBS
    return verb in subjects and stream.kinds[verb] == WORD and not stream.words[verb].endswith("ing")


def _precedes_attribution(stream: Stream, place: int, openings: set[int]) -> bool:
    after = place + 1
    if after < len(stream) and stream.words[after] in (",", "—"):
        after += 1
    return after in openings and stream.sentences[after] == stream.sentences[place]


def _is_named_work(stream: Stream, place: int, before: str) -> bool:
    """Capitalised words right after 'author of' or 'the film', or right before 'star'."""
    if not look_at(stream.text_of(place)).is_title_case:
        return False
    if before == "of" and place > 1 and stream.words[place - 2] in _MAKERS:
        return True
    return before in _WORKS and _word_class(stream, place - 2) != "V"


def _is_nickname(stream: Stream, place: int) -> bool:
    """One or two capitalised words between two parts of a name: Ana “Nina” Ruiz."""
    if not 0 < place < len(stream) - 1 or (stream.kinds[place - 1], stream.kinds[place + 1]) != (CAPITAL, CAPITAL):
        return False
    words = stream.text_of(place).split()
    is_short = 0 < len(words) <= 2 and all(word[0].isupper() for word in words) and words[-1][-1].isalnum()
    return is_short and not stream.owners[place - 1] and stream.words[place - 1] not in FUNCTION_WORDS


def _is_used(stream: Stream, place: int) -> bool:
    """Whether somebody says the word that is spoken of, so that it is a quotation after all."""
    start = max(0, place - 9)
    return any(
        stream.words[i] in _USERS and stream.sentences[i] == stream.sentences[place] for i in range(start, place)
    )


def _kind_of_words(look: Look) -> str:
    return "a title" if look.is_title_case and look.words else "a term or scare quotation"


def _judge(
    stream: Stream,
    i: int,
    span: MarkedSpan,
    echo: str,
    subjects: dict[int, str],
    openings: set[int],
    weights: dict[str, float],
) -> Judgement:
    if not span.mark:
        return Judgement(True, "a block quotation")
    place = stream.place[i]
    if not span.is_balanced and stream.ends[place] < span.end:
        return Judgement(True, "words with an attribution, the closing mark is missing")
    reason = _certain_reason(stream, place)
    if reason:
        return Judgement(False, reason)
    if LABEL.match(stream.text, span.start, span.end):
        return Judgement(True, "a turn with its speaker's label")
    if not look_at(stream.text_of(place)).is_title_case:
        if _follows_verb(stream, place, subjects):
            return Judgement(True, "right after a verb of saying")
        if _precedes_attribution(stream, place, openings):
            return Judgement(True, "right before its attribution")
    features = speech_features(stream, i, span.mark, span.is_balanced, echo, subjects)
    score = sum([weights[feature] for feature in features if feature in weights])
    if score > _THRESHOLD:
        return Judgement(True, "spoken or written words")
    return Judgement(False, _kind_of_words(look_at(stream.text_of(place))))


@dataclass(frozen=True, slots=True)
class Look:
    """The words of one quotation, read once."""

    words: list[str]
    capitals: int
    is_title_case: bool
    last: str


def look_at(text: str) -> Look:
    words = _WORD.findall(text[:600])
    big = [word for word in words if word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in big)
    is_title = bool(big) and capitals == len(big) and (words[0][0].isupper() or words[0][0].isdigit())
    return Look([word.lower().replace("’", "'") for word in words[:80]], capitals, is_title, text[-1:])


_LONGEST_ECHO = 5


def find_echoes(stream: Stream) -> list[str]:
    """Where the words of a short quotation stand again: 'q' in a longer one, 'e' as another one, 'u' outside marks."""
    looks = [look_at(stream.text_of(place)).words for place in stream.place]
    keys = {tuple(words) for words in looks if 0 < len(words) <= _LONGEST_ECHO}
    firsts = {key[0] for key in keys}
    same: Counter[tuple[str, ...]] = Counter(tuple(words) for words in looks)
    inside = Counter(key for words in looks for key in _runs(words, firsts, keys) if len(words) > len(key))
    outside = set(_runs(stream.words, firsts, keys))
    return [_echo(tuple(words), keys, same, inside, outside) for words in looks]


def _runs(words: list[str], firsts: set[str], keys: set[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for i, word in enumerate(words):
        if word in firsts:
            for n in range(1, _LONGEST_ECHO + 1):
                if tuple(words[i : i + n]) in keys:
                    yield tuple(words[i : i + n])


def _echo(
    key: tuple[str, ...],
    keys: set[tuple[str, ...]],
    same: Counter[tuple[str, ...]],
    inside: Counter[tuple[str, ...]],
    outside: set[tuple[str, ...]],
) -> str:
    if key not in keys:
        return "-"
    return f"{'q' if inside[key] else ''}{'e' if same[key] > 1 else ''}{'u' if key in outside else ''}"


@dataclass(frozen=True, slots=True)
class _View:
    """One quotation as the features see it: its words, its item, and coarse classes of both."""

    stream: Stream
    place: int
    look: Look
    mark: str
    is_balanced: bool
    echo: str

    @property
    def size(self) -> str:
        return _size(len(self.look.words))

    @property
    def case(self) -> str:
        return _case(self.look)

    @property
    def end(self) -> str:
        return self.look.last if self.look.last in ".,!?…-—;:" else "x"

    @property
    def headline(self) -> str:
        return "H" if self.stream.paragraphs[self.place] == 0 else ""

    @property
    def single(self) -> str:
        return "'" if self.mark in "'‘" else ""

    def word(self, distance: int) -> str:
        return _word_at(self.stream, self.place + distance)

    def word_class(self, distance: int) -> str:
        return _word_class(self.stream, self.place + distance)


def speech_features(
    stream: Stream, quote: int, mark: str, is_balanced: bool, echo: str, subjects: dict[int, str]
) -> list[str]:
    """Return the features of the quotation with this index, strings that key the table of weights."""
    place = stream.place[quote]
    view = _View(stream, place, look_at(stream.text_of(place)), mark, is_balanced, echo)
    left, distance = _cue_to_the_left(stream, place)
    return [
        "bias",
        *_of_words(view),
        *_of_neighbours(view),
        *_of_cues(view, left, distance),
        *_of_echoes(view, left),
        *_window(stream, place, view.case),
        *_attribution(stream, place, subjects, view.size + view.case),
    ]


def _of_words(view: _View) -> list[str]:
    size, case, end, headline, single = view.size, view.case, view.end, view.headline, view.single
    voice, words = _voice(view.look), view.look.words
    return [
        f"z={size}",
        f"c={case}",
        f"zc={size}{case}",
        f"zce={size}{case}{end}",
        f"e={end}{size}",
        f"v={voice}{size}",
        f"vc={voice}{case}{headline}",
        f"h={headline}{single}{case}{size}",
        f"m={single}{view.is_balanced}",
        f"in={_is_in_apostrophes(view.stream, view.place)}{size}" if single else "in=",
        f"w1={words[0] if words and words[0] in FUNCTION_WORDS else ''}{case}",
        f"wn={words[-1] if words and words[-1] in FUNCTION_WORDS else ''}",
        f"p={_is_alone(view.stream, view.place)}{size}{case}{end}",
    ]


def _of_neighbours(view: _View) -> list[str]:
    size, case = view.size, view.case
    before, before2, after = view.word(-1), view.word(-2), view.word(1)
    kind_before, kind_after = view.word_class(-1), view.word_class(1)
    is_owned = before.endswith("'s")
    return [
        f"b={before}",
        f"b={before}{case}",
        f"bb={before2} {before}",
        f"b2={before2}",
        f"b3={view.word(-3)} {before2 if before in DETERMINERS or before == 'C' else ''}",
        f"a={after}",
        f"a={after}{case}",
        f"aa={after}{kind_after} {view.word_class(2)}",
        f"bk={kind_before}{case}{size}",
        f"bka={kind_before}{kind_after}{case}",
        f"ba={kind_before}{after}",
        f"ba={before}{kind_after}",
        f"n={_neighbours(view.stream, view.place)}{case}{size}",
        f"nick={before == 'C' and after == 'C'}{case}{size}",
        f"own={is_owned}{case}{size}",
    ]


def _of_cues(view: _View, left: str, distance: str) -> list[str]:
    stream, place, size, case = view.stream, view.place, view.size, view.case
    right, subject = _cue_to_the_right(stream, place), _subject(stream, place)
    cue = _cue_item(stream, place)
    path = _path(stream, cue, place) if cue >= 0 else ""
    return [
        f"l={left}",
        f"lz={left != '' and distance}{size}{case}",
        f"lr={left != ''}{right != ''}{size}{case}",
        f"r={right}",
        f"lp={path}",
        f"lpc={left}{path[-3:]}",
        f"lb={left}{view.word(-1)}",
        f"sub={subject}{size}{case}",
        f"subl={subject}{left != ''}{view.word_class(-1)}",
    ]


def _of_echoes(view: _View, left: str) -> list[str]:
    return [
        f"ew={view.echo}{view.size}",
        f"ec={view.echo}{view.case}{view.headline}",
        f"el={view.echo}{left != ''}{view.headline}",
    ]


def subjects_of_cues(mentions: list[Mention]) -> dict[int, str]:
    """For each verb of saying that has a subject: what the subject is, and how it stands to the verb."""
    subjects: dict[int, str] = {}
    for mention in mentions:
        if mention.cue >= 0 and mention.relation != "oVN":
            kind = mention.kind[0] if mention.kind != NAME or mention.entry is None else "nN"[mention.entry.is_person]
            subjects[mention.cue] = kind + mention.relation
    return subjects


def _attribution(stream: Stream, place: int, subjects: dict[int, str], shape: str) -> list[str]:
    """The subjects of the nearest verbs of saying in the sentence, on both sides."""
    sentence = stream.sentences[place]
    left = right = ""
    for i in range(place - 1, max(-1, place - _REACH), -1):
        if stream.sentences[i] != sentence:
            break
        if i in subjects:
            left = f"{subjects[i]}{_size(place - i)}{'/' if _has_quotation(stream, i, place) else ''}"
            break
    for i in range(place + 1, min(len(stream), place + 14)):
        if stream.sentences[i] != sentence or stream.kinds[i] in (QUOTED, BREAK):
            break
        if i in subjects:
            right = f"{subjects[i]}{_size(i - place)}"
            break
    return [
        f"sl={left}",
        f"sr={right}",
        f"sls={left.rstrip('0123456789/')}{shape}",
        f"srs={right.rstrip('0123456789')}{shape}",
        f"sb={bool(left)}{bool(right)}{shape}{_word_class(stream, place - 1)}",
    ]


def _has_quotation(stream: Stream, start: int, end: int) -> bool:
    return QUOTED in stream.kinds[start + 1 : end]


def _is_in_apostrophes(stream: Stream, place: int) -> bool:
    """Whether doubled apostrophes, the wire's old quotation marks, are open before the quotation in its paragraph."""
    start = stream.starts[place]
    before = stream.text[max(0, start - 1500) : start]
    return before[before.rfind("\n") + 1 :].count("''") % 2 == 1


def _window(stream: Stream, place: int, case: str) -> list[str]:
    """The words near the quotation in its sentence, wherever they stand."""
    sentence = stream.sentences[place]
    found: set[str] = set()
    for i in range(max(0, place - 6), min(len(stream), place + 5)):
        if i != place and stream.sentences[i] == sentence and stream.kinds[i] in (WORD, CAPITAL):
            word = stream.words[i]
            if stream.kinds[i] == WORD or word in BODIES:
                side = "<" if i < place else ">"
                found.add(f"w{side}={word}")
                found.add(f"wc{side}={word}{case}")
    return sorted(found)


def _size(n: int) -> str:
    return str(n) if n < 6 else "6" if n < 9 else "9" if n < 15 else "15"


def _case(look: Look) -> str:
    if not look.words:
        return "0"
    if look.is_title_case:
        return "T" if look.capitals > 1 else "t"
    return "A" if look.capitals and look.capitals * 2 > len(look.words) else "m" if look.capitals else "l"


def _voice(look: Look) -> str:
    first = any(word in _FIRST_SECOND for word in look.words)
    verb = any(word in _VERBISH or word.endswith("n't") for word in look.words)
    return f"{'1' if first else ''}{'v' if verb else ''}"


def _word_at(stream: Stream, i: int) -> str:
    """The word at an item where it tells something of the language, its class where it is a name or a number."""
    if not 0 <= i < len(stream):
        return "|"
    kind = stream.kinds[i]
    if kind == QUOTED:
        return "Q"
    if kind == BREAK:
        return "|"
    if kind == NUMBER:
        return "9"
    if kind == CAPITAL and stream.words[i] not in FUNCTION_WORDS:
        return "C's" if stream.owners[i] else "C"
    return stream.words[i] + ("'s" if stream.owners[i] else "")


def _word_class(stream: Stream, i: int) -> str:
    if not 0 <= i < len(stream):
        return "|"
    kind, word = stream.kinds[i], stream.words[i]
    if kind == WORD:
        if word in PLAIN_VERBS:
            return "V"
        if word in CUE_VERBS:
            return "v"
        if word in DETERMINERS:
            return "d"
        if word in CUE_NOUNS:
            return "m"
        return "f" if word in FUNCTION_WORDS else "w"
    return word if kind == PUNCTUATION else ("s" if stream.owners[i] else kind)


def _cue_to_the_left(stream: Stream, place: int) -> tuple[str, str]:
    """The nearest verb of saying before the quotation in its sentence, and how far off it stands."""
    sentence = stream.sentences[place]
    for i in range(place - 1, max(-1, place - _REACH), -1):
        if stream.sentences[i] != sentence:
            break
        if stream.kinds[i] == WORD and stream.words[i] in CUE_VERBS:
            distance = place - i
            return CUE_VERBS[
                stream.words[i]
            ], "1" if distance < 3 else "3" if distance < 8 else "8" if distance < 15 else "f"
        if stream.words[i] == ":" and i == place - 1:
            return ":", "1"
    return "", ""


def _cue_item(stream: Stream, place: int) -> int:
    sentence = stream.sentences[place]
    for i in range(place - 1, max(-1, place - _REACH), -1):
        if stream.sentences[i] != sentence:
            break
        if stream.kinds[i] == WORD and stream.words[i] in CUE_VERBS:
            return i
    return -1


def _path(stream: Stream, cue: int, place: int) -> str:
    """The classes of the words from a verb to the quotation, runs of one class drawn together."""
    path: list[str] = []
    for i in range(cue, place):
        symbol = _word_class(stream, i)
        if not path or path[-1] != symbol:
            path.append(symbol)
    return "".join(path)[:9]


def _subject(stream: Stream, place: int) -> str:
    """Who the sentence of the quotation starts with: a pronoun, a name, another word."""
    sentence = stream.sentences[place]
    i = place
    while i > 0 and stream.sentences[i - 1] == sentence and place - i < 60:
        i -= 1
    word = stream.words[i]
    if word in ("he", "she", "i", "they", "we", "it", "the", "a", "in", "but", "and"):
        return word
    return _word_class(stream, i)


def _cue_to_the_right(stream: Stream, place: int) -> str:
    """The verb of saying within a few words after the quotation, in its sentence."""
    sentence = stream.sentences[place]
    for i in range(place + 1, min(len(stream), place + 8)):
        if stream.sentences[i] != sentence or stream.kinds[i] in (QUOTED, BREAK):
            break
        if stream.kinds[i] == WORD and stream.words[i] in CUE_VERBS:
            return f"{CUE_VERBS[stream.words[i]]}{'=' if i < place + 4 else ''}"
        if stream.words[i] == "according":
            return "according"
    return ""


def _neighbours(stream: Stream, place: int) -> str:
    """Whether other quotations stand in the same sentence, before and after."""
    sentence = stream.sentences[place]
    before = any(
        stream.kinds[i] == QUOTED and stream.sentences[i] == sentence for i in range(max(0, place - _REACH), place)
    )
    after = any(
        stream.kinds[i] == QUOTED and stream.sentences[i] == sentence
        for i in range(place + 1, min(len(stream), place + _REACH))
    )
    return f"{'<' if before else ''}{'>' if after else ''}"


def _is_alone(stream: Stream, place: int) -> str:
    starts = place == 0 or stream.kinds[place - 1] == BREAK
    ends = place + 1 >= len(stream) or stream.kinds[place + 1] == BREAK
    return f"{'^' if starts else ''}{'$' if ends else ''}"
