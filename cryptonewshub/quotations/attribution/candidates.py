"""Who could have said a quotation, and what speaks for each: the features that the ranker weighs.

A feature is a short string such as 'L|path=,v' ('to the left, with a comma and a verb of saying between'). The strings
are opaque keys of the table of weights; they hold no word of a text but verbs of saying and function words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptonewshub.quotations.attribution.cues import CUE_NOUNS, CUE_VERBS, PLAIN_VERBS
from cryptonewshub.quotations.attribution.mentions import DESCRIPTION, NAME, PRONOUN, Mention
from cryptonewshub.quotations.attribution.words import BREAK, PUNCTUATION, QUOTED, WORD, Stream

REACH = 110  # items to either side that are looked at
MOST = 10  # candidates to either side

_SYMBOLS = {
    "that": "t",
    "who": "r",
    "which": "r",
    "whom": "r",
    "and": "&",
    "but": "&",
    "or": "&",
    "as": "a",
    "to": "o",
    "of": "f",
    "for": "f",
    "in": "i",
    "on": "i",
    "at": "i",
    "by": "b",
    "with": "i",
    "from": "i",
    "when": "k",
    "while": "k",
    "after": "k",
    "before": "k",
    "if": "k",
    "because": "k",
    "whether": "k",
    "is": "x",
    "was": "x",
    "are": "x",
    "were": "x",
    "be": "x",
    "been": "x",
    "had": "h",
    "has": "h",
    "have": "h",
    "not": "w",
    "he": "P",
    "she": "P",
    "they": "P",
    "it": "p",
    "i": "P",
    "we": "P",
    "what": "k",
    "how": "k",
    "why": "k",
}
_MARKS = {",": ",", ":": ":", ";": ";", ".": ".", "!": ".", "?": ".", "(": "(", ")": ")", "—": "—", "…": "."}


@dataclass(slots=True, eq=False)
class Candidate:
    """A mention that could be a quotation's speaker. `side`: 'L' left, 'R' right, 'U' a paragraph up, 'D' one down."""

    mention: Mention
    side: str
    features: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """What candidates are read from: the stream, its mentions, one symbol an item, and which quotations are speech."""

    stream: Stream
    mentions: list[Mention]
    symbols: list[str]
    is_speech: list[bool]
    by_last: dict[int, list[Mention]]
    by_first: dict[int, list[Mention]]


def set_scene(stream: Stream, mentions: list[Mention], is_speech: list[bool]) -> Scene:
    by_last: dict[int, list[Mention]] = {}
    by_first: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_last.setdefault(mention.last - 1, []).append(mention)
        by_first.setdefault(mention.outer, []).append(mention)
    symbols = _symbols(stream, mentions, is_speech)
    return Scene(stream, mentions, symbols, is_speech, by_last, by_first)


def _symbols(stream: Stream, mentions: list[Mention], is_speech: list[bool]) -> list[str]:
    symbols = [_symbol(stream, i, is_speech) for i in range(len(stream))]
    for mention in mentions:
        if mention.kind == NAME:
            for i in range(mention.first, mention.last):
                symbols[i] = "N"
    return symbols


def _symbol(stream: Stream, i: int, is_speech: list[bool]) -> str:
    kind, word = stream.kinds[i], stream.words[i]
    if kind == QUOTED:
        return "Q" if is_speech[stream.quoted[i]] else "T"
    if kind == BREAK:
        return "|"
    if kind == PUNCTUATION:
        return _MARKS.get(word, "~")
    if word in _SYMBOLS:
        return _SYMBOLS[word]
    if kind == WORD and word in CUE_VERBS:
        if word.endswith("ing"):
            return "g"
        if word == CUE_VERBS[word]:
            return "B"
        return "V" if word in PLAIN_VERBS else "v"
    if word in CUE_NOUNS:
        return "m"
    return "w"


def candidates_for(scene: Scene, quote: int) -> list[Candidate]:
    """Return the candidates for the quotation with this index, static features filled in."""
    place = scene.stream.place[quote]
    shape = _shape(scene, place)
    found = _look_left(scene, place) + _look_right(scene, place)
    for candidate, path, rank, quotes in found:
        candidate.features = _features(scene, place, candidate, path, rank, quotes, shape)
    return [candidate for candidate, *_ in found]


Found = tuple[Candidate, str, int, int]


def _look_left(scene: Scene, place: int) -> list[Found]:
    found: list[Found] = []
    path: list[str] = []
    quotes = breaks = 0
    for i in range(place - 1, max(-1, place - REACH), -1):
        symbol = scene.symbols[i]
        for mention in scene.by_last.get(i, ()):
            side = "L" if scene.stream.paragraphs[i] == scene.stream.paragraphs[place] else "U"
            found.append((Candidate(mention, side), "".join(reversed(path)), len(found), quotes))
        if len(found) >= MOST or breaks > 2:
            break
        quotes += symbol == "Q"
        breaks += symbol == "|"
        if not (path and path[-1] == symbol and symbol in "wN|"):
            path.append(symbol)
    return found


def _look_right(scene: Scene, place: int) -> list[Found]:
    found: list[Found] = []
    path: list[str] = []
    quotes = breaks = 0
    for i in range(place + 1, min(len(scene.stream), place + REACH)):
        symbol = scene.symbols[i]
        for mention in scene.by_first.get(i, ()):
            found.append((Candidate(mention, "D" if breaks else "R"), "".join(path), len(found), quotes))
        if len(found) >= MOST or breaks > 1 or (symbol == "|" and i > place + 1):
            break
        quotes += symbol == "Q"
        breaks += symbol == "|"
        if not (path and path[-1] == symbol and symbol in "wN|"):
            path.append(symbol)
    return found


def _shape(scene: Scene, place: int) -> str:
    """The quotation's own look: what stands right before and after, how it starts and ends, its length."""
    stream, symbols = scene.stream, scene.symbols
    before = symbols[place - 1] if place else "|"
    after = symbols[place + 1] if place + 1 < len(symbols) else "|"
    text = stream.text
    start, end = stream.starts[place], stream.ends[place]
    first = "A" if text[start].isupper() else "a"
    last = text[end - 1] if text[end - 1] in ",.?!" else ("-" if not text[end - 1].isalnum() else "x")
    return f"{before}{first}{last}{after}"


def _type(mention: Mention) -> str:
    if mention.kind == PRONOUN:
        return mention.word if mention.word not in ("he", "she") else "he"
    if mention.kind == DESCRIPTION:
        return "D"
    entry = mention.entry
    if entry is None or entry.is_body:
        return "NB"
    return "NP" if entry.is_person else "NU"


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "4" if n < 7 else "7"


def _features(
    scene: Scene, place: int, candidate: Candidate, path: str, rank: int, quotes: int, shape: str
) -> list[str]:
    stream, mention, side = scene.stream, candidate.mention, candidate.side
    kind = _type(mention)
    short = path if len(path) <= 14 else path[:7] + "_" + path[-6:]
    sentences = abs(stream.sentences[place] - stream.sentences[mention.first])
    relation, verb, where = _cue_features(scene, place, mention)
    before = _before(scene, mention)
    after = scene.symbols[mention.last] if mention.last < len(stream) else "|"
    owner = "o" if stream.owners[mention.last - 1] else ""
    sentence_first = mention.outer == 0 or stream.sentences[mention.outer - 1] != stream.sentences[mention.outer]
    position = ("s" if sentence_first else "") + owner
    near = f"{side}{_bucket(rank)}"
    return [
        f"{side}{kind}",
        f"{side}p={short}",
        f"{side}pk={kind}{short[:5] if side != 'L' else short[-5:]}",
        f"{side}ph={path[:4]}{relation}",
        f"{side}pt={path[-4:]}{relation}",
        f"{side}r={relation}{where}{_bucket(sentences)}",
        f"{side}rs={relation}{where}{shape}",
        f"{side}rv={relation}{verb}",
        f"{side}rw={relation}{where}{before}",
        f"{side}d={_bucket(sentences)}{_bucket(quotes)}",
        f"n={near}{relation}{where}",
        f"n={near}{shape[0]}{shape[3]}",
        f"{side}sh={shape}",
        f"{side}sh={shape[1:3]}{_bucket(sentences)}{where}",
        f"{side}b={before}{relation}",
        f"{side}b={before}{kind}",
        f"{side}a={after}{kind}{owner}",
        f"{side}pos={position}{_bucket(sentences)}",
        f"{side}pos={position}{kind}{relation}",
        f"c={scene.symbols[place - 1] if place else '|'}{relation}{where}{'' if side == 'R' else side}",
        f"q={quotes if quotes < 3 else 3}{relation}{where}{side}",
    ]


def _cue_features(scene: Scene, place: int, mention: Mention) -> tuple[str, str, str]:
    """The relation to the mention's verb, the verb's base form, and where the verb stands to the quotation."""
    if mention.cue < 0:
        return "-", "", ""
    stream = scene.stream
    word = stream.words[mention.cue]
    verb = CUE_VERBS.get(word, word)
    if word.endswith("ing"):
        verb += "+"
    symbol = scene.symbols[mention.cue]
    same = stream.sentences[mention.cue] == stream.sentences[place]
    side = "<" if mention.cue < place else ">"
    return mention.relation, verb, f"{symbol}{side}{'=' if same else '/'}"


def _before(scene: Scene, mention: Mention) -> str:
    i = mention.outer - 1
    while i >= 0 and scene.symbols[i] == "w" and i > mention.outer - 4:
        i -= 1
    return scene.symbols[i] if i >= 0 else "|"


def history_features(candidate: Candidate, shape: str, *, same: str, count: int) -> list[str]:
    """What the speakers decided before say for a candidate.

    `same` is 'm' (the same mention as last time), 'e' (the same person), or neither, with 'p' for the same paragraph
    and 'x' for another; 'n' where nothing was decided. `count` is how often the person spoke so far.
    """
    side = candidate.side
    return [
        f"h={same}{side}{shape[0]}",
        f"h={same}{side}{shape}",
        f"h={same}{candidate.mention.relation}{side}",
        f"hn={min(count, 3)}{side}",
    ]


def shape_of(scene: Scene, quote: int) -> str:
    return _shape(scene, scene.stream.place[quote])
