"""Phrases that give words to nobody: 'analysts say', 'according to people close to the talks', 'it is understood'.

Reads only; what to say of a phrase is another file's. A person who is named beside the word ('official Ada Quill'), and
an article that points back to somebody known ('the official said'), are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cryptonewshub.quotations.facts.scanning import matches, words
from cryptonewshub.quotations.facts.story import QUOTED


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A phrase that gives a statement to nobody: where it stands, and what else the sentence tells of the person."""

    start: int
    end: int
    kind: str


def find_anonymous(prose: str) -> Iterator[Anonymous]:
    """Every phrase in `prose` that gives a statement to nobody, in no order, some inside others."""
    seen: set[str] = set()
    for head in matches(_HEAD, prose, _HEADS):
        found = _subject(prose, head, seen) or _after_verb(prose, head, seen)
        seen.add(head[0].lower().rstrip("s"))
        if found:
            yield found
    for phrase in matches(_BARE, prose, _FEW):
        if not _JOINED.search(prose, max(0, phrase.start() - 4), phrase.start()):
            yield Anonymous(phrase.start(), phrase.end(), "people")
    for phrase in matches(_IMPERSONAL, prose, _IMPERSONAL_OPENINGS):
        yield Anonymous(phrase.start(), phrase.end(), "impersonal")


_PEOPLE = words(
    "analyst expert official source insider observer critic commentator diplomat aide adviser advisor supporter "
    "opponent detractor sceptic skeptic pundit economist strategist researcher scientist historian scholar "
    "academic campaigner activist onlooker bystander officer commander operative staffer policymaker policy-maker "
    "lobbyist trader executive envoy negotiator delegate mediator whistleblower whistle-blower informant loyalist "
    "confidant associate person figure"
)
_ONLY_MANY = words(
    "allies friends colleagues neighbours neighbors lawmakers legislators investors reports rumours rumors "
    "speculation people witnesses eyewitnesses"
)
_HEADS = _PEOPLE | {person + "s" for person in _PEOPLE} | _ONLY_MANY | {"witness", "eyewitness", "policy", "whistle"}
_HEAD = re.compile(r"(?:policy-maker|whistle-blower|[a-z]+)s?(?![\w-])", re.IGNORECASE)
_NEEDS_MORE = frozenset({"people", "person", "persons", "figure", "figures"})
_TELLERS_OF_FEW = frozenset({"reports", "rumours", "rumors", "speculation"})

_SAY = (
    r"say|says|said|saying|tell|told|maintain(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|believe[sd]?|warn(?:s|ed)?|"
    r"insist(?:s|ed)?|suggest(?:s|ed)?|note[sd]?|add(?:s|ed)?|contend(?:s|ed)?|assert(?:s|ed)?|allege[sd]?|"
    r"point(?:s|ed)? (?:out|to)|acknowledge[sd]?|admit(?:s|ted)?|concede[sd]?|caution(?:s|ed)?|estimate[sd]?|"
    r"predict(?:s|ed)?|expect(?:s|ed)?|fear(?:s|ed)?|confirm(?:s|ed)?|reveal(?:s|ed)?|disclose[sd]?|describe[sd]?|"
    r"explain(?:s|ed)?|stress(?:es|ed)?|accuse[sd]?|complain(?:s|ed)?|reported|stated|indicate[sd]?|hint(?:s|ed)?|"
    r"think|thinks|doubt(?:s|ed)?|agree[sd]?|recall(?:s|ed)?|speculate[sd]?|conclude[sd]?|reckon(?:s|ed)?|"
    r"dismiss(?:es|ed)|question(?:s|ed)|see|view|cite[sd]?|blame[sd]?|describe[sd]?|emphasi[sz]e[sd]?|announce[sd]?"
)
_ADVERB = (
    r"(?:(?:have|has|had|also|now|often|privately|later|widely|generally|long|already|repeatedly|then|still|largely|"
    r"openly|quietly|increasingly|broadly|reportedly|frequently|consistently|alike|here|there|all|both|"
    r"[a-z]{3,12}ly)\s+){0,3}"
)
_WORD = r"[\w’'&/$%-]{1,24}(?:\.\w{1,3}\.?)?"
_TAIL = (
    r"(?:(?:close|near|familiar|briefed|involved|inside|within|at|from|in|of|with|for|on|across|around|to|privy|working|based|who|by)"
    rf"\s+(?:{_WORD}\s+){{1,8}}?)?"
)
_ASIDE = (
    rf"(?:,\s+(?:who|speaking|asking|requesting|citing|granted|one of|both of|a )(?:[^,.;:!?\n{QUOTED}]){{1,140}},\s+)?"
)
_PREDICATE = re.compile(
    rf"(?:\s+(?P<tail>{_TAIL})|(?P<aside>{_ASIDE}))(?:\s*){_ADVERB}(?P<verb>{_SAY})\b", re.IGNORECASE
)


def _subject(prose: str, head: re.Match[str], seen: set[str]) -> Anonymous | None:
    """'senior officials in the capital have said': somebody unnamed, then a verb of saying."""
    after = prose[head.end() : head.end() + 240]
    predicate = _PREDICATE.match(after)
    if predicate is None or _is_named(after) or _is_noun(after, predicate):
        return None
    if not _may_speak(head[0].lower(), predicate):
        return None
    start = _phrase_start(prose, head, seen)
    if start is None:
        return None
    has_aside = bool(predicate["aside"])
    end = head.end() if has_aside else head.end() + predicate.end("verb")
    return Anonymous(start, end, head[0].lower())


_TELLER = re.compile(
    r"(?:according to|(?<![\w-])(?:said|say|says|warned|added|claimed|argued|told by|as per))\s+$", re.IGNORECASE
)


def _after_verb(prose: str, head: re.Match[str], seen: set[str]) -> Anonymous | None:
    """'according to people familiar with the talks', 'said two officials': the verb, then somebody unnamed."""
    after = prose[head.end() : head.end() + 120]
    if _is_named(after) or head[0].lower() in {"figures", "figure", "speculation"}:
        return None
    familiar = _FAMILIAR.match(after)
    if head[0].lower() in _NEEDS_MORE and not familiar:
        return None
    start = _phrase_start(prose, head, seen)
    if start is None:
        return None
    teller = _TELLER.search(prose[max(0, start - 14) : start])
    if not teller:
        return None
    end = head.end() + (familiar.end() if familiar else 0)
    return Anonymous(start - len(teller[0]), end, head[0].lower())


_FAMILIAR = re.compile(
    r"\s+(?:(?:who (?:is|are|was|were)\s+)?(?:close to|familiar with|briefed on|privy to|involved in|near|inside)|"
    r"with (?:direct |first-hand |some )?knowledge of)(?:\s+(?:the|his|her|their|its)\s+[\w-]{1,20})?",
    re.IGNORECASE,
)


def _may_speak(head: str, predicate: re.Match[str]) -> bool:
    """People at large, reports and figures count only with the words that make them a hidden source."""
    if head in _NEEDS_MORE:
        return bool(_FAMILIAR.match(" " + (predicate["tail"] or "")))
    if head in _TELLERS_OF_FEW:
        return not predicate["tail"] and predicate["verb"].lower() in {
            "say",
            "said",
            "suggest",
            "suggested",
            "claim",
            "indicate",
            "indicated",
        }
    return True


_NAME_NEXT = re.compile(
    r"\s*(?:,\s*)?(?:(?:such as|including|like|named|called|led by|among them)\s+(?:\w+\s+){0,3})?"
    r"[A-Z][\w’'-]*[a-z](?:\s+(?:[A-Z]\.?|de|van|von|bin|al|el|der|den|la|le)){0,2}\s+[A-Z][\w’'-]+"
)


def _is_named(after: str) -> bool:
    """'official Ada Quill', 'experts such as Ada Quill'."""
    return bool(_NAME_NEXT.match(after))


def _is_noun(after: str, predicate: re.Match[str]) -> bool:
    """'officials see to it', 'sources of fear': the verb is none, or is denied."""
    before = after[: predicate.start("verb")].lower()
    return bool(_DENIED.search(before))


_DENIED = re.compile(
    r"\b(?:to|the|a|an|no|not|of|that|than|and|or|did|will|would|could|should|may|might|can|his|her|their|its|"
    r"my|our|this|any|such)"
    r"\s+$|\bwho\s+(?:have\s+|has\s+|had\s+|also\s+|once\s+|is\s+|are\s+|was\s+|were\s+)?$"
)


_DETERMINER = words("a an one another any every each no")
_POINTING = words("the these those this that")
_OWNING = words("his her their its our my")
_MODIFIER = words(
    "two three four five six seven eight nine ten dozen some many several most multiple numerous various few "
    "other certain senior top junior high-ranking high-level ranking mid-level low-level former current retired "
    "serving active unnamed unidentified anonymous outside independent local regional foreign national federal "
    "state provincial municipal military intelligence security defence defense government diplomatic political "
    "legal medical market industry campaign party police army navy law-enforcement enforcement administration "
    "congressional parliamentary presidential ministry palace election electoral border customs health trade "
    "energy finance economic financial media human rights civil opposition ruling rebel separatist veteran "
    "seasoned prominent leading close longtime long-time trusted key well-placed informed knowledgeable reliable "
    "credible official private public domestic international global european western eastern northern southern "
    "central policy climate aviation shipping maritime nuclear space cyber academic policymaking constitutional "
    "environmental peace more both countless unspecified conservative liberal progressive right-wing left-wing "
    "far-right far-left moderate embassy consular cabinet"
)
_OPENERS = words(
    "but and yet still while although though as if when where because since so however meanwhile now then the "
    "these those a an in on at for to of after before until what why how that which who whether not only even "
    "according said"
)
_BEFORE = re.compile(r"(?:[\w’'.-]{1,24} ){0,6}$")


def _phrase_start(prose: str, head: re.Match[str], seen: set[str]) -> int | None:
    """Where the phrase begins, its adjectives and article with it; None where an article points back to somebody."""
    words = _BEFORE.search(prose[max(0, head.start() - 90) : head.start()])
    start, is_plural = head.start(), _is_plural(head[0])
    has_article = False
    for word in reversed((words[0] if words else "").split()):
        low = word.lower()
        if low in _DETERMINER | _OWNING:
            start, has_article = start - len(word) - 1, True
            break
        if low in _POINTING:
            if not is_plural or _is_known(head[0], seen):
                return None
            break
        if low not in _MODIFIER and not _is_adjective(word, low):
            break
        start -= len(word) + 1
    return start if is_plural or has_article else None


def _is_adjective(word: str, low: str) -> bool:
    return word[0].isupper() and low not in _OPENERS and not word.endswith(".")


def _is_plural(head: str) -> bool:
    return head.lower().endswith("s") or head.lower() in {"people", "speculation"}


def _is_known(head: str, seen: set[str]) -> bool:
    return head.lower().rstrip("s") in seen


_JOINED = re.compile(r"\band $")
_FEW = words("some many others several")
_BARE = re.compile(
    r"\w+\s+(?:have\s+|also\s+)?(?:say|said|argued?|claim(?:ed)?|believed?|suggest(?:ed)?|fear(?:ed)?|warn(?:ed)?)\b",
    re.IGNORECASE,
)
_IMPERSONAL_OPENINGS = words("it is are was were rumour rumor word sources")
_IMPERSONAL = re.compile(
    r"(?:it (?:is|was|has been|had been) (?:now |widely |generally |also |being |further )?(?:understood|"
    r"believed|thought|said|"
    r"claimed|alleged|reported|rumou?red|suggested|speculated|whispered)(?! to be (?:a|an|the) word)|"
    r"(?:is|are|was|were) (?:widely |generally |also )?(?:said|believed|thought|understood|rumou?red|alleged|"
    r"reported|reputed) to"
    r"(?= (?:be|have|want|favou?r|support|oppose|hold|own|control|plan)\b)|rumou?r has it|word is that|"
    r"sources have it)\b",
    re.IGNORECASE,
)
