"""Whether two names are one person's: titles, given names left out, diacritics and ways to spell Cyrillic in Latin
letters.

It answers None whenever one of the two is not a person's name at all ('the ministry', 'he', 'a spokesman'): then
nothing can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cryptonewshub.quotations.comparison.folding import without_marks
from cryptonewshub.quotations.word_sets import word_set

_TITLES = word_set(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness president vice prime deputy minister secretary"
    " general senator sen rep representative congressman congresswoman governor gov mayor chancellor ambassador king"
    " queen prince princess pope chief justice judge attorney captain colonel lieutenant major sergeant admiral"
    " commissioner director chairman chairwoman chair speaker leader premier foreign defence defense finance interior"
    " state former acting the hon rt honourable honorable his her excellency he she mp madam spokesman spokeswoman"
    " spokesperson reverend rev father sister brother undersecretary assistant national security adviser advisor sec"
    " first lady elect"
)
_NOT_A_PERSON = word_set(
    "ministry government committee campaign party house department university group international news times council"
    " union association court office police army forces states kingdom nations parliament congress senate commission"
    " agency bank company corporation center centre institute foundation federation republic white kremlin pentagon"
    " board report statement study league trust service services bureau post network radio television broadcaster desk"
    " staff team sun journal herald tribune globe gazette officials analysts experts people critics supporters aides"
    " sources voters residents democrats republicans"
)
_OUTLETS = word_set(
    "news times post radio television network journal herald tribune gazette globe magazine broadcaster"
)
_ROLES = word_set(
    "he she they we it i you who spokesman spokeswoman spokesperson official analyst source aide man woman resident"
    " voter expert author writer reporter journalist moderator interviewer questioner question audience witness lawyer"
)
ROLE_WORDS = word_set(
    "president spokesman spokeswoman spokesperson director chairman chairwoman chair professor senator candidate"
    " adviser advisor strategist analyst executive secretary leader minister governor mayor manager aide lawyer"
    " attorney founder editor reporter correspondent host pollster economist official officer chief head member"
    " activist historian columnist commentator consultant co-founder author coordinator organizer organiser researcher"
)
_ASIDE = re.compile(r"\([^()]*\)?")
_SUFFIXES = word_set("jr sr ii iii iv phd md obe cbe qc kc")
_OPENERS = word_set(
    "as but and when while since after before if so then the a an in on at for to because although though"
)
_PARTICLES = word_set("de la del der den van von da di du le al el bin ibn abu dos das")
_SHORT_FORMS = (
    "bill william", "bob robert", "dick richard", "rick richard", "ted edward", "ned edward", "jack john",
    "jim james", "chuck charles",
    "tony anthony", "liz elizabeth", "beth elizabeth", "peggy margaret", "meg margaret", "hank henry",
    "harry henry", "harry harold",
    "sandy alexander", "alex oleksandr", "sasha alexander", "volodymyr vladimir", "mick michael",
    "bernie bernard", "joe joseph",
    "andy andrew", "nick mykola", "kate catherine", "kathy catherine", "cathy katherine", "trish patricia",
    "ron ronald", "larry lawrence",
    "gene eugene", "bert albert", "al albert", "fred alfred", "gus august", "nancy ann", "molly mary",
    "polly mary", "sally sarah",
    "ann anne", "sara sarah", "jon john", "jon jonathan", "johnny john", "steven stephen", "steve stephen",
    "steve steven", "mike michael", "mick michael", "mikey michael", "dave david", "davy david", "tom thomas",
    "tommy thomas", "jimmy james", "jamie james", "bobby robert", "rob robert", "robbie robert", "billy william",
    "willy william", "liam william", "charlie charles", "danny daniel", "kenny kenneth", "donny donald",
    "tony antonio", "tim timothy", "jerry gerald", "jerry jeremy", "gerry gerald", "terry terence", "terry theresa",
    "jeff geoffrey", "geoff jeffrey", "jo joanna", "jo josephine", "joey joseph", "ed edward", "ed edwin",
    "eddie edward", "al alan", "al alexander", "al alfred", "al allen", "sue susan", "suzy susan", "kate katherine",
    "katie katherine", "kathy katherine", "kate kathleen", "kathy kathleen", "jenny jennifer", "becky rebecca",
    "betty elizabeth", "betsy elizabeth", "lizzie elizabeth", "lisa elizabeth", "maggie margaret", "meg megan",
    "mandy amanda", "cindy cynthia", "debbie deborah", "patty patricia", "pat patricia", "pat patrick",
    "vicky victoria", "abby abigail", "ricky richard", "rich richard", "sam samuel", "sammy samuel", "ted theodore",
    "matty matthew", "nicky nicholas", "nick nicholas", "nicolas nicholas", "drew andrew", "larry laurence",
    "hal henry", "hal harold", "jack jackson", "frankie frank", "freddy frederick", "fred frederick", "lou louis",
    "louie louis", "marty martin", "ray raymond", "sid sidney", "stan stanley", "vince vincent", "zach zachary",
    "max maximilian", "mitch mitchell", "oleksandr alexander", "aleksandr alexander", "aleksander alexander",
    "mykola nikolai", "mykola nikolay", "dmytro dmitry", "dmytro dmitri", "serhiy sergei", "serhii sergei",
    "serhiy sergey", "andriy andrei", "andrii andrei", "andriy andrey", "oleksiy alexei", "oleksii alexei",
    "oleksiy aleksei", "mykhailo mikhail", "yevgeny evgeny", "yevhen evgeny", "yevhen yevgeny", "volodymyr wladimir",
    "oleh oleg", "ihor igor", "pavlo pavel", "petro pyotr", "kyrylo kirill", "hryhoriy grigory",
)  # fmt: skip
_SHORTEST_FORM = 3  # letters: Alex and Alexander; shorter ones are in the table
_SAME_GIVEN = frozenset(frozenset(pair.split()) for pair in _SHORT_FORMS)
_TRANSLITERATED = (("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("tsch", "ch"), ("dzh", "j"), ("zh", "j"),
    ("kh", "h"), ("ph", "f"),
                   ("ou", "u"), ("oe", "o"), ("ae", "a"), ("ue", "u"), ("ks", "x"), ("ck", "k"), ("tz", "ts"),
                   ("ie", "e"), ("ye", "e"),
                   ("yo", "o"), ("w", "v"), ("q", "k"), ("c", "k"), ("z", "s"), ("j", "y"), ("i", "y"))  # fmt: skip
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def is_same_person(left: str, right: str) -> bool | None:
    """Whether the two mean one person; None where that cannot be told.

    >>> is_same_person("President Volodymyr Zelensky", "Zelenskyy"), is_same_person("the ministry", "Espen Lund")
    (True, None)
    """
    one, other = name_parts(left), name_parts(right)
    if not one or not other:
        return None
    if len(one) == 1 or len(other) == 1:
        short, full = (one, other) if len(one) <= len(other) else (other, one)
        return any(_sounds_alike(short[0], part) for part in full)
    if not _sounds_alike(one[-1], other[-1]):
        return _is_turned_round(one, other) or any(
            _sounds_alike(one[-1], part) for part in other[1:] if other[0] == one[0]
        )
    return _is_same_given(one[0], other[0])


def has_title(name: str) -> bool:
    return any(word.lower() in _TITLES for word in _PART.findall(name))


@lru_cache(maxsize=2_000)
def name_parts(name: str) -> tuple[str, ...]:
    """A person's name in its parts, without titles, lower case and without diacritics; () where it names no person."""
    words = _PART.findall(_after_role(_ASIDE.sub(" ", name).split(",")[0]))
    lower = [without_marks(word).lower().removesuffix("'s").removesuffix("’s") for word in words]
    if (
        _is_description(words, lower)
        or any(word in _NOT_A_PERSON for word in lower)
        or (lower[:1] == ["the"] and not any(word in _TITLES - {"the"} for word in lower))
    ):
        return ()
    kept = [(word, form) for word, form in zip(words, lower, strict=True) if form not in _TITLES | _SUFFIXES | _OPENERS]
    if len(kept) > 1:
        kept = [
            (word, form) for word, form in kept if not (len(word) == 2 and word.isupper())
        ] or kept  # 'OK Gov', 'NY Sen'
    if not kept or any(form in _ROLES for _, form in kept) or len(kept) > 6:
        return ()
    if not all(word[:1].isupper() or form in _PARTICLES for word, form in kept):
        return ()
    if len(kept) == 1 and len(words) == 1 and kept[0][0].isupper() and len(kept[0][0]) < 5:
        return ()  # NATO, EU, NRK
    return tuple(form for _, form in kept if form not in _PARTICLES and (len(form) > 1 or len(kept) < 3))


def _is_description(words: Sequence[str], lower: Sequence[str]) -> bool:
    """'the Ukrainian president', 'Sund minister': what ends with an office names who holds it only by that."""
    ends_with_office = bool(lower) and lower[-1] in _TITLES | ROLE_WORDS
    return ends_with_office and (words[-1].islower() or lower[0] == "the")


def outlet_words(name: str) -> frozenset[str]:
    """The telling words of a news outlet's name, folded: 'Lake News' has 'lake'; none where it names anything else."""
    words = _PART.findall(name)
    lower = [without_marks(word).lower() for word in words]
    if not any(word[:1].isupper() and form in _OUTLETS for word, form in zip(words, lower, strict=True)):
        return frozenset()
    generic = _OUTLETS | _NOT_A_PERSON | _TITLES | ROLE_WORDS | _PARTICLES
    return frozenset(form for form in lower if form not in generic and len(form) > 2)


def _after_role(name: str) -> str:
    """'Lake Watch president Ida Lund' is Ida Lund."""
    words = name.split()
    role = max((i for i, word in enumerate(words) if word in ROLE_WORDS), default=-1)
    rest = words[role + 1 :]
    return " ".join(rest) if rest and rest[0][:1].isupper() else name


def _sounds_alike(left: str, right: str) -> bool:
    if left == right:
        return True
    one, other = _sound(left), _sound(right)
    if one == other:
        return True
    return min(len(one), len(other)) >= 5 and (one.rstrip("y") == other.rstrip("y"))


@lru_cache(maxsize=4_000)
def _sound(part: str) -> str:
    for spelt, sound in _TRANSLITERATED:
        part = part.replace(spelt, sound)
    return re.sub(r"(.)\1+", r"\1", part)


def _is_same_given(one: str, other: str) -> bool:
    """Whether two given names may be one: spelt alike, an initial, a short form. One letter in common is not enough."""
    short, full = sorted((_sound(one), _sound(other)), key=len)
    if len(min(one, other, key=len)) == 1:
        return short[0] == full[0] or one[0] == other[0]
    is_beginning = len(short) >= _SHORTEST_FORM and full.startswith(short) and len(full) - len(short) > 1
    return _sounds_alike(one, other) or is_beginning or frozenset((one, other)) in _SAME_GIVEN


def _is_turned_round(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(one) == len(other) == 2 and _sounds_alike(one[0], other[1]) and _sounds_alike(one[1], other[0])
