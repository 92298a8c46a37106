"""Quotations of a source in another language: the likeliest passage where it can be told, for a person to sign off.

Names, figures and words that sound alike in both languages tell. Where none does, no passage is shown: none is
guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cryptonewshub.quotations.comparison.differences import FUNCTION_WORDS
from cryptonewshub.quotations.comparison.folding import without_marks
from cryptonewshub.quotations.comparison.judging import Question
from cryptonewshub.quotations.comparison.languages import primary
from cryptonewshub.quotations.comparison.prepared import Prepared
from cryptonewshub.quotations.comparison.same_person import is_same_person
from cryptonewshub.quotations.vocabulary import Match, Passage, SourceText, Verdict

_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+|$)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_STEM = 5
_LEAST_SCORE = 1.5
_CONTEXT = 80
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
_SOUNDS = "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sh _ y _ e yu ya i i e g"  # _ for a silent sign
_LATIN = dict(zip(map(ord, _CYRILLIC), _SOUNDS.replace("_", "").split(" "), strict=True))


def may_be_translated(
    source: SourceText, prepared: Prepared, cited: Sequence[str], speaker: str | None, language: str
) -> bool:
    """Whether the quotation can be a translation of this source: it is in another language, and cited or the speaker's
    own.
    """
    is_theirs = bool(speaker and source.speaker and is_same_person(speaker, source.speaker))
    return (source.id in cited or is_theirs) and spoken_language(source, prepared) != language


def spoken_language(source: SourceText, prepared: Prepared) -> str:
    """The language that the text is seen to be in; where it does not tell, the one that the source names."""
    return prepared.language or primary(source.language)


def likeliest_passage(question: Question, source: SourceText, prepared: Prepared) -> Match:
    """The verdict, with the passage that most names, figures and kindred words point to, where one stands out."""
    verdict = Verdict.TRANSLATED
    passage = _passage(question, source.text)
    language = spoken_language(source, prepared)
    where = (
        "The likeliest passage is shown; it is not proof."
        if passage
        else "Which passage it translates cannot be told by machine."
    )
    what = f"The source “{source.id}” is in another language ({language})."
    note = f"{what} {where} A person who reads it must sign the translation off."
    return Match(verdict, question.policy.stops(verdict), note, source.id, passage, recorded_speaker=source.speaker)


def _passage(question: Question, text: str) -> Passage | None:
    wanted = _features(question.text)
    if not wanted:
        return None
    sentences = list(_sentences(text))
    common = Counter(feature for _, _, features in sentences for feature in features)
    scored = sorted(
        ((_score(wanted, features, common), start, end) for start, end, features in sentences), reverse=True
    )
    if not scored or scored[0][0] < _LEAST_SCORE or (len(scored) > 1 and scored[1][0] > 0.8 * scored[0][0]):
        return None
    _, start, end = scored[0]
    return Passage(start, end, text[start:end], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT])


def _score(wanted: frozenset[str], features: frozenset[str], common: Counter[str]) -> float:
    return float(sum(1 / common[feature] ** 0.5 for feature in wanted & features))


def _sentences(text: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    for match in _SENTENCE.finditer(text):
        shown = match.group().strip()
        if len(shown) > 15:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield start, start + len(shown), _features(shown)


@lru_cache(maxsize=20_000)
def _features(text: str) -> frozenset[str]:
    """Figures whole, and the beginnings of longer words as they sound in Latin letters."""
    features = set()
    for word in _WORD.findall(text):
        if word.isdigit():
            features.add(word)
        elif word.lower() not in FUNCTION_WORDS:
            sound = _sound(word)
            if len(sound) >= _STEM:
                features.add(sound[:_STEM])
    return frozenset(features)


def _sound(word: str) -> str:
    latin = without_marks(word.lower().translate(_LATIN))
    for spelt, sound in (
        ("ck", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("c", "k"),
        ("w", "v"),
        ("q", "k"),
        ("x", "ks"),
        ("y", "i"),
        ("j", "i"),
    ):
        latin = latin.replace(spelt, sound)
    return re.sub(r"(.)\1+", r"\1", latin)
