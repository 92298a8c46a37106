"""Say who spoke each quotation: rank the candidates, in the text's order, and name the one that weighs most.

The answer is a mention in the text and the fullest name of who is meant; a name is never made up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cryptonewshub.quotations.attribution.antecedents import Antecedents
from cryptonewshub.quotations.attribution.candidates import Candidate, Scene, candidates_for, history_features, shape_of
from cryptonewshub.quotations.attribution.mentions import Mention, phrase_before
from cryptonewshub.quotations.attribution.persons import Entry
from cryptonewshub.quotations.attribution.speech import LABEL
from cryptonewshub.quotations.attribution.weights import Weights
from cryptonewshub.quotations.attribution.words import BREAK
from cryptonewshub.quotations.vocabulary import Cue, Speaker

_QUOTING = frozenset({"quoted", "quotes", "quoting", "cited", "citing", "cites"})
_FARTHEST_CUE = 60  # items
SURE = 0.9  # the share of the weight from which a choice counts as sure


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate that was chosen for a quotation, its share of the weight (0 to 1), and the person meant."""

    candidate: Candidate
    share: float
    entry: Entry | None


class History:
    """What was decided so far, as the ranker wants to know it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.antecedents = Antecedents(scene.stream, scene.mentions)
        self.last: Mention | None = None
        self.entry: Entry | None = None
        self.paragraph = -1
        self.counts: dict[int, int] = {}

    def features(self, quote: int, candidate: Candidate, shape: str) -> list[str]:
        paragraph = self.scene.stream.paragraphs[self.scene.stream.place[quote]]
        entry = self.antecedents.of(candidate.mention)
        same = "n"
        if self.last is not None:
            same = "m" if candidate.mention is self.last else "e" if entry is not None and entry is self.entry else ""
            same += "p" if paragraph == self.paragraph else "x"
        return history_features(candidate, shape, same=same, count=self.counts.get(id(entry), 0) if entry else 0)

    def note(self, quote: int, choice: Choice) -> None:
        self.last, self.entry = choice.candidate.mention, choice.entry
        self.paragraph = self.scene.stream.paragraphs[self.scene.stream.place[quote]]
        self.counts[id(choice.entry)] = self.counts.get(id(choice.entry), 0) + 1
        self.antecedents.note(choice.entry, self.paragraph)


def choose_speakers(scene: Scene, quotes: list[int], weights: Weights) -> dict[int, Choice]:
    """Return the choice for each of these quotations that has a candidate at all; `quotes` must be in order."""
    history = History(scene)
    choices: dict[int, Choice] = {}
    for quote in quotes:
        choice = _choose(scene, history, quote, weights.speaker)
        if choice is not None:
            choices[quote] = choice
            history.note(quote, choice)
    return choices


def _choose(scene: Scene, history: History, quote: int, weights: dict[str, float]) -> Choice | None:
    candidates = candidates_for(scene, quote)
    if not candidates:
        return None
    shape = shape_of(scene, quote)
    scores = [
        _weigh(candidate.features + history.features(quote, candidate, shape), weights) for candidate in candidates
    ]
    best = max(range(len(scores)), key=scores.__getitem__)
    best = _quoted_person(scene, quote, candidates, best)
    share = 1 / sum(math.exp(score - scores[best]) for score in scores)
    return Choice(candidates[best], share, history.antecedents.of(candidates[best].mention))


def _quoted_person(scene: Scene, quote: int, candidates: list[Candidate], best: int) -> int:
    """The one who is quoted, where the sentence says so: 'Holm quoted Lund as saying that “…”'."""
    stream, place = scene.stream, scene.stream.place[quote]
    for i, candidate in enumerate(candidates):
        mention = candidate.mention
        if candidate.side != "L" or stream.sentences[mention.first] != stream.sentences[place] or mention.outer == 0:
            continue
        follows = stream.words[mention.last : mention.last + 2]
        if stream.words[mention.outer - 1] in _QUOTING and follows in (["as", "saying"], ["as", "having"]):
            return i
    return best


def _weigh(features: list[str], weights: dict[str, float]) -> float:
    return sum([weights[feature] for feature in features if feature in weights])


def rule_of(choice: Choice) -> str:
    """The name of the pattern that a choice follows, for the report."""
    candidate = choice.candidate
    relation = candidate.mention.relation
    if candidate.side in ("U", "D"):
        return "another paragraph"
    if relation == "N:":
        return "colon"
    if relation == "acc":
        return "according to"
    if candidate.side == "R":
        return "inverted" if relation.startswith("QV") else "right" if relation else "right, far"
    return "left" if relation and "Q" not in relation else "carried" if relation else "left, far"


def speaker_of(scene: Scene, choice: Choice, weights: Weights) -> Speaker:
    """Return the speaker as the report has it."""
    mention = choice.candidate.mention
    words = scene.stream.text[mention.start : mention.end]
    rule = rule_of(choice)
    sure, doubtful = weights.confidence.get(rule, (0.5, 0.5))
    confidence = sure if choice.share >= SURE else doubtful
    return Speaker(_name(scene, choice, words), words, mention.start, mention.end, confidence, rule)


def _name(scene: Scene, choice: Choice, words: str) -> str:
    if choice.entry is not None:
        return choice.entry.name
    mention = choice.candidate.mention
    phrase = phrase_before(scene.stream, mention.first) if mention.word == "who" else None
    return scene.stream.text[phrase[0] : phrase[1]] if phrase else words


def speaker_by_label(scene: Scene, quote: int) -> Speaker | None:
    """The speaker whose label stands inside the marks ("KELLER: We were not told.")."""
    stream = scene.stream
    start = stream.starts[stream.place[quote]]
    found = LABEL.match(stream.text, start)
    if found is None:
        return None
    label = found.group().rstrip(": ")
    surname = label.split()[-1].lower()
    name = next((m.entry.name for m in scene.mentions if m.entry is not None and m.entry.surname == surname), label)
    return Speaker(name, label, start, start + len(label), 0.9, "label")


def cue_of(scene: Scene, quote: int, choice: Choice, opening: int) -> Cue | None:
    """Return the verb of saying (or 'according to') that ties the speaker to the words.

    `opening` is the quotation that opens the utterance: a sentence before it that tells of reading aloud is the cue.
    """
    stream = scene.stream
    item = _reading_aloud(scene, stream.place[opening])
    if item < 0:
        item = _cue_item(scene, stream.place[quote], choice)
    if item < 0:
        return None
    start, end = stream.starts[item], stream.ends[item]
    if stream.words[item] == "according":
        end = stream.ends[item + 1]
    return Cue(stream.text[start:end], start, end)


def _cue_item(scene: Scene, place: int, choice: Choice) -> int:
    """The mention's own verb; or one nearer to the words, in their sentence, that nobody else is the subject of."""
    stream, mention = scene.stream, choice.candidate.mention
    between = range(mention.last, place) if mention.last <= place else range(place + 1, mention.outer)
    if len(between) > _FARTHEST_CUE or mention.relation in ("acc", "N:"):
        return mention.cue
    if mention.first > place and (mention.relation == "oVN" or scene.symbols[mention.cue] == "g"):
        return next((i for i in range(place + 1, mention.cue) if scene.symbols[i] == "V"), mention.cue)
    others = {
        other.cue
        for i in between
        for other in scene.by_last.get(i, ())
        if other.entry is None or other.entry is not choice.entry
    }
    verbs = [i for i in between if scene.symbols[i] in "Vvg" and i not in others]
    same = [i for i in verbs if stream.sentences[i] == stream.sentences[place]]
    if mention.last > place:
        return same[0] if same and mention.relation in ("", "oVN") else mention.cue
    return same[-1] if same and (mention.cue < 0 or scene.symbols[same[-1]] == "g") else mention.cue


def _reading_aloud(scene: Scene, place: int) -> int:
    """The verb of 'she read the letter aloud.' where that ends the paragraph before the words; else -1."""
    stream = scene.stream
    if place < 2 or stream.kinds[place - 1] != BREAK:
        return -1
    sentence = stream.sentences[place - 2]
    words = [i for i in range(max(0, place - 30), place) if stream.sentences[i] == sentence]
    aloud = [i for i in words if stream.words[i] in ("aloud", "out")]
    return next((i for i in words if stream.words[i] in ("read", "reads") and aloud and i < aloud[-1]), -1)


def share_speakers(choices: dict[int, Choice], utterances: list[int]) -> dict[int, Choice]:
    """Give all parts of one utterance the speaker of the part that tells most surely."""
    best: dict[int, Choice] = {}
    for quote, choice in choices.items():
        rival = best.get(utterances[quote])
        if rival is None or _certainty(choice) > _certainty(rival):
            best[utterances[quote]] = choice
    return {quote: best[number] for quote, number in enumerate(utterances) if number in best}


def _certainty(choice: Choice) -> tuple[bool, float]:
    return choice.candidate.side in "LR", choice.share
