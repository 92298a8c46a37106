"""House spelling: British and American forms of one word, compounds written together or apart, contractions written
out.

Two spellings are the same word only by a rule or a list here, never because they look alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cryptonewshub.quotations.comparison.folding import without_marks
from cryptonewshub.quotations.word_sets import word_set

_DOUBLING = (
    "cancel channel counsel dial enrol equal fuel fulfil instal label level marvel model panel pedal quarrel rival"
    " shovel signal total travel"
)
_WHOLE = {
    "programme": "program", "programmes": "programs", "grey": "gray", "plough": "plow", "sceptic": "skeptic",
    "sceptics": "skeptics", "sceptical": "skeptical", "scepticism": "skepticism", "aluminium": "aluminum", "mum": "mom",
    "whilst": "while", "amongst": "among", "towards": "toward", "afterwards": "afterward", "forwards": "forward",
    "ageing": "aging", "cosy": "cozy", "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "learnt": "learned",
    "burnt": "burned", "spelt": "spelled", "dreamt": "dreamed", "leapt": "leaped", "cheque": "check",
    "cheques": "checks",
    "kerb": "curb", "tyre": "tire", "tyres": "tires", "moustache": "mustache", "draught": "draft",
    "practise": "practice",
    "practised": "practiced", "practising": "practicing", "jewellery": "jewelry", "skilful": "skillful",
    "wilful": "willful",
    "enrolment": "enrollment", "fulfilment": "fulfillment", "instalment": "installment", "paediatric": "pediatric",
    "anaemia": "anemia", "foetus": "fetus", "encyclopaedia": "encyclopedia", "archaeology": "archeology", "ok": "okay",
    "adviser": "advisor", "advisers": "advisors", "till": "until", "alright": "allright", "mr": "mister",
}  # fmt: skip
_ENDINGS = (
    (re.compile(r"is(ation|ations|e|ed|es|er|ers|ing)$"), r"iz\1"),
    (re.compile(r"lys(e|ed|es|er|ers|ing)$"), r"lyz\1"),
    (re.compile(r"(?<=[a-z]{2})our(?!s?e)"), "or"),
    (re.compile(r"([tb])re(s?)$"), r"\1er\2"),
    (re.compile(r"^(def|off|lic|pret)ence"), r"\1ense"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"(judg|acknowledg)ement"), r"\1ment"),
    (re.compile(rf"^({'|'.join(_DOUBLING.split())})l(?=ed$|ing$|er$|ers$|ment)"), r"\1"),
)
_TOGETHER = word_set(
    "email emails online website websites percent healthcare ceasefire ceasefires cannot anymore worldwide underway"
    " policymaker policymakers lawmaker lawmakers goodbye noone fulltime parttime peacekeeping peacekeeper"
    " peacekeepers frontline decisionmaking warplane warplanes airstrike airstrikes airspace battlefield fundraiser"
    " fundraising kickstart longterm shortterm wellbeing nationwide takeover startup videogame smartphone database"
    " allright"
)
_CONTRACTED = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "am not",
               "let's": "let us", "y'all": "you all", "gonna": "going to", "wanna": "want to",
               "gotta": "got to", "'em": "them",
               "em": "them", "'cause": "because", "cause": "because", "'til": "until", "til": "until",
               "c'mon": "come on",
               "dunno": "do not know", "gimme": "give me", "kinda": "kind of", "sorta": "sort of",
               "outta": "out of"}  # fmt: skip
_ENDED = {"n't": ("not",), "'re": ("are",), "'ll": ("will",), "'ve": ("have",), "'m": ("am",), "'d": ("would", "had"),
          "'s": ("is", "has")}  # fmt: skip


def is_same_spelling(left: str, right: str, *, marks_matter: bool = False) -> bool:
    """Whether two folded words are house spellings of one word; diacritics make another word where they matter."""
    if not marks_matter:
        left, right = without_marks(left), without_marks(right)
    return left == right or spelling_key(left) == spelling_key(right)


@lru_cache(maxsize=20_000)
def spelling_key(word: str) -> str:
    """One form for the spellings of a word; itself for a word that has one. Not a spelling to be shown."""
    key, owner = (word[:-2], "'s") if word.endswith("'s") else (word, "")
    key = _WHOLE.get(key, key)
    if len(key) >= 5:
        for ending, form in _ENDINGS:
            key = ending.sub(form, key)
    return key + owner


def is_compound(joined: str) -> bool:
    """Whether houses differ on writing these letters as one word or as two."""
    return joined in _TOGETHER


def contracted_forms(words: tuple[str, ...]) -> frozenset[str]:
    """Every way to write these words out in full, contractions undone."""
    forms = {""}
    for word in words:
        forms = {f"{form} {full}".strip() for form in forms for full in _written_out(word)}
        if len(forms) > 64:
            return frozenset()
    return frozenset(forms)


def _written_out(word: str) -> tuple[str, ...]:
    if word in _CONTRACTED:
        return (_CONTRACTED[word],)
    for ending, full in _ENDED.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (*(f"{word[: -len(ending)]} {each}" for each in full), *((word,) if ending == "'s" else ()))
    return (word,)
