"""Statements that the story gives to nobody in particular: 'analysts say', 'officials said', 'it is understood'.

A reader cannot check what nobody has said. The rule notices the phrase and whether the story says why the person may
not be named; it never judges whether the reason is good. Words inside a quotation are left alone: their speaker is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .story import QUOTED, Span, Story
from .vocabulary import Remark

RULE = "anonymous-attribution"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A phrase that gives a statement to nobody: where it stands, and what else the sentence tells of the person."""

    start: int
    end: int
    kind: str


def anonymity_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each phrase that gives a statement to nobody; a note where the story gives the reason for it."""
    phrases = _without_overlaps(sorted(find_anonymous(story.prose), key=lambda one: (one.start, -one.end)))
    covered = {story.sentence_at(phrase.start) for phrase in phrases}
    for phrase in phrases:
        yield _remark(story, phrase)
    for promise in _PROMISE.finditer(story.prose):
        if not {story.sentence_at(promise.start()), _previous_sentence(story, promise.start())} & covered:
            yield _remark(story, Anonymous(promise.start(), promise.end(), "promise"))


def find_anonymous(prose: str) -> Iterator[Anonymous]:
    """Every phrase in `prose` that gives a statement to nobody, in no order, some inside others."""
    seen: set[str] = set()
    for head in _HEAD.finditer(prose):
        found = _subject(prose, head, seen) or _after_verb(prose, head, seen)
        seen.add(head[0].lower().rstrip("s"))
        if found:
            yield found
    for phrase in _BARE.finditer(prose):
        yield Anonymous(phrase.start(1), phrase.end(1), "people")
    for phrase in _IMPERSONAL.finditer(prose):
        yield Anonymous(phrase.start(), phrase.end(), "impersonal")


_PEOPLE = (
    r"analysts?|experts?|officials?|sources?|insiders?|observers?|critics?|commentators?|diplomats?|aides?|advis[eo]rs?|"
    r"supporters?|opponents?|detractors?|sceptics|skeptics|pundits?|economists?|strategists?|researchers?|scientists?|"
    r"historians?|scholars?|academics?|campaigners?|activists?|witness(?:es)?|eyewitness(?:es)?|onlookers?|bystanders?|"
    r"officers?|commanders?|operatives?|staffers?|policymakers?|policy-makers?|lobbyists?|traders?|executives?|envoys?|"
    r"negotiators?|delegates?|mediators?|whistle-?blowers?|informants?|loyalists?|confidants?|associates?|allies|"
    r"friends|colleagues|neighbou?rs|lawmakers|legislators|investors|reports|rumou?rs|speculation|people|persons?|figures?"
)
_NEEDS_MORE = frozenset({"people", "person", "persons", "figure", "figures"})
_TELLERS_OF_FEW = frozenset({"reports", "rumours", "rumors", "speculation"})
_HEAD = re.compile(rf"\b(?:{_PEOPLE})\b", re.IGNORECASE)

_SAY = (
    r"say|says|said|saying|tell|told|maintain(?:s|ed)?|argue[sd]?|claim(?:s|ed)?|believe[sd]?|warn(?:s|ed)?|"
    r"insist(?:s|ed)?|suggest(?:s|ed)?|note[sd]?|add(?:s|ed)?|contend(?:s|ed)?|assert(?:s|ed)?|allege[sd]?|"
    r"point(?:s|ed)? (?:out|to)|acknowledge[sd]?|admit(?:s|ted)?|concede[sd]?|caution(?:s|ed)?|estimate[sd]?|"
    r"predict(?:s|ed)?|expect(?:s|ed)?|fear(?:s|ed)?|confirm(?:s|ed)?|reveal(?:s|ed)?|disclose[sd]?|describe[sd]?|"
    r"explain(?:s|ed)?|stress(?:es|ed)?|accuse[sd]?|complain(?:s|ed)?|reported|state[sd]?|indicate[sd]?|hint(?:s|ed)?|"
    r"think|thinks|doubt(?:s|ed)?|agree[sd]?|recall(?:s|ed)?|speculate[sd]?|conclude[sd]?|reckon(?:s|ed)?|"
    r"dismiss(?:es|ed)|question(?:s|ed)|see|view|cite[sd]?|blame[sd]?|describe[sd]?|emphasi[sz]e[sd]?|announce[sd]?"
)
_ADVERB = (
    r"(?:(?:have|has|had|also|now|often|privately|later|widely|generally|long|already|repeatedly|then|still|largely|"
    r"openly|quietly|increasingly|broadly|reportedly|frequently|consistently|alike|here|there|all|both|[a-z]{3,12}ly)\s+){0,3}"
)
_WORD = r"[\w’'&./$%-]{1,24}"
_TAIL = rf"(?:(?:close|near|familiar|briefed|involved|inside|within|at|from|in|of|with|for|on|across|around|to|privy|working|based|who|by)\s+(?:{_WORD}\s+){{1,8}}?)?"
_ASIDE = rf"(?:,\s+(?:who|speaking|asking|requesting|citing|granted|one of|both of|a )(?:[^,.;:!?\n{QUOTED}]){{1,140}},\s+)?"
_PREDICATE = re.compile(rf"(?:\s+(?P<tail>{_TAIL})|(?P<aside>{_ASIDE}))(?:\s*){_ADVERB}(?P<verb>{_SAY})\b", re.IGNORECASE)


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


_TELLER = re.compile(r"(?:according to|(?<![\w-])(?:said|say|says|warned|added|claimed|argued|told by|as per))\s+$", re.IGNORECASE)


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
        return not predicate["tail"] and predicate["verb"].lower() in {"say", "said", "suggest", "suggested", "claim", "indicate", "indicated"}
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
    return bool(re.search(r"\b(?:to|the|a|an|no|not|of|that|than|and|or|did|will|would|could|should|may|might|can)\s+$", before))


_DETERMINER = frozenset("a an one another any every each no".split())
_POINTING = frozenset("the these those this that".split())
_OWNING = frozenset("his her their its our my".split())
_MODIFIER = frozenset(
    """two three four five six seven eight nine ten dozen some many several most multiple numerous various few other
    certain senior top junior high-ranking high-level ranking mid-level low-level former current retired serving active
    unnamed unidentified anonymous outside independent local regional foreign national federal state provincial municipal
    military intelligence security defence defense government diplomatic political legal medical market industry campaign
    party police army navy law-enforcement enforcement administration congressional parliamentary presidential ministry
    palace election electoral border customs health trade energy finance economic financial media human rights civil
    opposition ruling rebel separatist veteran seasoned prominent leading close longtime long-time trusted key well-placed
    informed knowledgeable reliable credible official private public domestic international global european western
    eastern northern southern central policy climate aviation shipping maritime nuclear space cyber academic policymaking
    constitutional environmental peace more both countless unspecified conservative liberal progressive right-wing
    left-wing far-right far-left moderate embassy consular cabinet""".split()
)
_OPENERS = frozenset(
    """but and yet still while although though as if when where because since so however meanwhile now then the these those
    a an in on at for to of after before until what why how that which who whether not only even according said""".split()
)
_BEFORE = re.compile(r"(?:[\w’'.-]{1,24} ){0,6}$")


def _phrase_start(prose: str, head: re.Match[str], seen: set[str]) -> int | None:
    """Where the phrase begins, its adjectives and article included; None where an article points back to somebody known."""
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


_BARE = re.compile(
    rf"(?:^|(?<=[.!?;,\n\u201d] )|(?<=\n)|(?<=but )|(?<=while )|(?<=and )|(?<=as )|(?<=what ))((?:some|many|others|most|several|insiders)\s+(?:have\s+|also\s+)?(?:say|said|argue[d]?|claim(?:ed)?|believe[d]?|suggest(?:ed)?|fear(?:ed)?|warn(?:ed)?))\b",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(
    r"\b(?:it (?:is|was|has been|had been) (?:now |widely |generally |also |being |further )?(?:understood|believed|thought|said|"
    r"claimed|alleged|reported|rumou?red|suggested|speculated|whispered)(?! to be (?:a|an|the) word)|"
    r"(?:is|are|was|were) (?:widely |generally |also )?(?:said|believed|thought|understood|rumou?red|alleged|reported|reputed) to"
    r"(?= (?:be|have|want|favou?r|support|oppose|hold|own|control|plan)\b)|rumou?r has it|word is that|sources have it)\b",
    re.IGNORECASE,
)

_PROMISE = re.compile(
    r"(?:(?:on|under) (?:the )?condition (?:of anonymity|that (?:he|she|they|[\w ]{1,20}) not be (?:named|identified))|"
    r"(?:asked|asking|requested|requesting|wished|wishing|preferred|preferring|wanted|insisted|insisting)(?: for anonymity| anonymity|"
    r" to remain anonymous| (?:not|on not) (?:to be|being|be) (?:named|identified)| that (?:his|her|their) names? not be used)|"
    r"(?:declined|refused|did not want|didn[’']t want) to be (?:named|identified)|"
    r"(?:was|were) (?:granted|given|promised) anonymity|granted anonymity|spoke anonymously|speaking anonymously|not for attribution)",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since (?:he|she|they)|as (?:he|she|they|the)|for fear|fearing|afraid|citing|owing to|due to|out of concern|"
    r"given (?:the|his|her|their)|in order to|so as to|to (?:discuss|describe|speak|talk|avoid|protect|share|detail|relay|be able)|"
    r"so that)\b|\bnot (?:been )?(?:authori[sz]ed|allowed|permitted|cleared|empowered) to\b|n[’']t (?:authori[sz]ed|allowed|permitted) to\b",
    re.IGNORECASE,
)
_BARRED = re.compile(
    r"\b(?:not|n[’']t) (?:been )?(?:authori[sz]ed|allowed|permitted|cleared) to (?:speak|talk|comment|discuss|brief)\b", re.IGNORECASE
)


def _remark(story: Story, phrase: Anonymous) -> Remark:
    words = story.text[phrase.start : phrase.end]
    near = _near(story, phrase.start)
    promise, barred = _PROMISE.search(near), _BARRED.search(near)
    if barred or (promise and _REASON.search(near, promise.end(), promise.end() + 160)):
        return Remark(
            RULE, "note", phrase.start, phrase.end, words,
            f"“{words}” names nobody; the story gives the reason.",
            "Make sure that an editor knows who it is and accepts the reason.",
        )
    if promise:
        return Remark(
            RULE, "warning", phrase.start, phrase.end, words,
            f"“{words}” names nobody: the story grants anonymity and does not say why.",
            "Say in the story why the person may not be named, or name the person.",
        )
    return Remark(RULE, "warning", phrase.start, phrase.end, words, _plain(phrase.kind, words), _ADVICE)


_ADVICE = "Name who says so, or say why the person cannot be named and what the person is in a position to know."


def _plain(kind: str, words: str) -> str:
    if kind == "impersonal":
        return f"“{words}” does not say who holds this, so a reader cannot check it."
    return f"“{words}” names nobody, so a reader cannot check who holds this."


def _near(story: Story, offset: int) -> str:
    """The phrase's sentence and the next one in its paragraph: where a reason would stand."""
    sentence, paragraph = story.sentence_at(offset), story.paragraph_at(offset)
    following = story.sentence_at(min(sentence.end + 1, max(paragraph.end - 1, sentence.start)))
    return story.prose[sentence.start : max(sentence.end, following.end)]


def _previous_sentence(story: Story, offset: int) -> Span:
    sentence = story.sentence_at(offset)
    return story.sentence_at(max(0, sentence.start - 1))


def _without_overlaps(phrases: list[Anonymous]) -> list[Anonymous]:
    kept: list[Anonymous] = []
    for phrase in phrases:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept
