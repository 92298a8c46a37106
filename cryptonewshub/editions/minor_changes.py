"""Questions about a change that is called minor: did a figure, a name, a negation or a quotation change with it?

Plain Python over two sealed versions. It reads words, not meaning: it asks, and the editor answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from cryptonewshub.editions.content import Content
from cryptonewshub.editions.sentences import Difference, Sentence, differences, sentences_of

_WORD = re.compile(r"\w+(?:[.,’'\-]\w+)*(?:n[’']t\b)?")
_SPELLED = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half
double twice first second third
""".split()  # noqa: SIM905  (a list to read, not to index)
_NEGATIONS = """
not no never none nobody nothing neither nor without cannot
ikke aldri ingen nicht kein keine keinen nie ne pas jamais non mai inte aldrig не нет никогда
""".split()  # noqa: SIM905
_QUOTES = str.maketrans("‘’“”„«»", '\'\'"""""')


def meaning_changes(before: Content, after: Content) -> list[str]:
    """What of the meaning may have changed, each as words that complete 'You call this a minor change, but …'."""
    changed = differences(before.document, after.document)
    names = _known_names(before) | _known_names(after)
    found = [
        *_quotation_changes(before, after),
        *_byline_changes(before, after),
        *(said for difference in changed for said in _word_changes(difference, names)),
    ]
    return list(dict.fromkeys(found))


def _quotation_changes(before: Content, after: Content) -> Iterator[str]:
    old, new = ([_plain(quotation.text) for quotation in content.quotations] for content in (before, after))
    gone, come = _only_in(old, new), _only_in(new, old)
    for index in range(max(len(gone), len(come))):
        if index < len(gone) and index < len(come):
            yield f"a quotation changed from “{_short(gone[index])}” to “{_short(come[index])}”"
        elif index < len(gone):
            yield f"the quotation “{_short(gone[index])}” was taken out"
        else:
            yield f"the quotation “{_short(come[index])}” was added"


def _byline_changes(before: Content, after: Content) -> Iterator[str]:
    old, new = ([byline.name for byline in content.document.bylines] for content in (before, after))
    if old != new:
        yield f"the byline changed from {_list(old)} to {_list(new)}"


def _word_changes(difference: Difference, names: frozenset[str]) -> Iterator[str]:
    old, new = _tokens(difference.before), _tokens(difference.after)
    matcher = SequenceMatcher(None, _folded(old), _folded(new), autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            gone, come = old[i1:i2], new[j1:j2]
            yield from _pairs("figure", *_of_kind(gone, come, _is_figure))
            yield from _pairs("name", *_of_kind(gone, come, lambda word: word in names))
            yield from _negations(*_of_kind(gone, come, _is_negation))


def _pairs(what: str, gone: list[str], come: list[str]) -> Iterator[str]:
    for index in range(max(len(gone), len(come))):
        if index < len(gone) and index < len(come):
            yield f"a {what} changed from {gone[index]} to {come[index]}"
        elif index < len(gone):
            yield f"the {what} {gone[index]} was taken out"
        else:
            yield f"the {what} {come[index]} was added"


def _negations(gone: list[str], come: list[str]) -> Iterator[str]:
    if len(gone) != len(come):
        yield from (f"the word “{word}” was taken out" for word in gone)
        yield from (f"the word “{word}” was added" for word in come)


def _of_kind(gone: list[str], come: list[str], is_kind: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    old, new = [word for word in gone if is_kind(word)], [word for word in come if is_kind(word)]
    return _only_in(old, new), _only_in(new, old)


def _only_in(these: Sequence[str], others: Sequence[str]) -> list[str]:
    """Those that the others lack, each as often as it is missing there, in order."""
    left = Counter(others)
    only = []
    for one in these:
        if left[one]:
            left[one] -= 1
        else:
            only.append(one)
    return only


def _is_figure(word: str) -> bool:
    return any(character.isdigit() for character in word) or word.casefold() in _SPELLED


def _is_negation(word: str) -> bool:
    low = word.casefold().replace("’", "'")
    return low in _NEGATIONS or low.endswith("n't")


def _known_names(content: Content) -> frozenset[str]:
    """Words that this version writes with a capital where no sentence begins."""
    found: set[str] = set()
    for sentence in sentences_of(content.document):
        if sentence.place.where != "title":
            found |= {word for word in _tokens([sentence])[1:] if word[0].isupper()}
    return frozenset(found)


def _tokens(sentences: Iterable[Sentence]) -> list[str]:
    return [word for sentence in sentences for word in _WORD.findall(sentence.text)]


def _folded(words: Iterable[str]) -> list[str]:
    return [word.casefold() for word in words]


def _plain(text: str) -> str:
    return " ".join(text.translate(_QUOTES).split()).rstrip(",.")


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:78].rstrip()} …"


def _list(names: Sequence[str]) -> str:
    return " and ".join(names) or "nobody"
