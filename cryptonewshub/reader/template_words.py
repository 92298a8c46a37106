"""The templates as they stand in a language: cut up as Jinja does, with every message in the words of that language.

What a page can say is read from here (`words.py`), so that the list of it is the same work in every language.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cryptonewshub.languages.wording import Wording, pieces
from cryptonewshub.reader.engine import TEMPLATES, environment


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a template's source: 'data' is text, the others are Jinja's."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a template: 'data' is one token of text, 'variable' a value that is shown, 'element' one that was
    made above and stands here, 'block' anything else.
    """

    kind: str
    tokens: tuple[Token, ...]

    @property
    def names(self) -> list[str]:
        return [token.text for token in self.tokens if token.kind == "name"]

    @property
    def is_call(self) -> bool:
        """Whether it shows what a macro makes."""
        return [token.text for token in self.tokens[1:2]] == ["("]

    @property
    def first(self) -> str:
        """The word that it begins with, '' for text."""
        return self.tokens[0].text if self.kind != "data" and self.tokens else ""


def template_names() -> list[str]:
    """Every template that makes a page or a part of one."""
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def statements_of(template: str, words: Wording) -> Iterator[Statement]:
    """The template from top to bottom. Of a message with plural forms every form stands there, one after the other."""
    found = _statements(_tokens(template))
    elements: set[str] = set()  # names that stand for an element set before, which is read where it was set
    for statement in found:
        if statement.kind == "block" and statement.first == "trans":
            yield from _message(statement, found, words, elements)
        elif statement.kind == "variable":
            yield from _value(statement, words)
        else:
            if statement.first == "set" and len(statement.tokens) == 2:
                elements.add(statement.tokens[1].text)
            yield statement


def _tokens(template: str) -> Iterator[Token]:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    for _, kind, text in environment().lex(source, template):
        if kind != "whitespace":
            yield Token(kind, text)


def _statements(tokens: Iterable[Token]) -> Iterator[Statement]:
    inside: list[Token] = []
    for token in tokens:
        if token.kind == "data":
            yield Statement("data", (token,))
        elif token.kind in ("variable_begin", "block_begin"):
            inside = []
        elif token.kind in ("variable_end", "block_end"):
            yield Statement(token.kind.removesuffix("_end"), tuple(inside))
        else:
            inside.append(token)


def _value(statement: Statement, words: Wording) -> Iterator[Statement]:
    """`{{ _("Comments") }}` is text; in any other value the messages stand in the words of the language."""
    tokens = statement.tokens
    if [token.text for token in tokens[:2]] == ["_", "("] and len(tokens) == 4:
        yield from (_text(text.replace("%%", "%")) for text in words.forms(ast.literal_eval(tokens[2].text)))
        return
    said = list(tokens)
    for at in range(2, len(said)):
        if said[at].kind == "string" and said[at - 2].text == "_":
            text = words.forms(ast.literal_eval(said[at].text))[0]
            said[at] = Token("string", repr(text.replace("%%", "%")))
    yield Statement("variable", tuple(said))


def _message(begin: Statement, rest: Iterator[Statement], words: Wording, elements: set[str]) -> Iterator[Statement]:
    """The texts of `{% trans %}`, with the values in their places."""
    given = _given(begin.tokens[1:])
    singular, plural, ids = "", "", 0
    for statement in rest:
        if statement.first == "endtrans":
            break
        if statement.first == "pluralize":
            ids = 1
            continue
        part = statement.tokens[0].text.replace("%", "%%") if statement.kind == "data" else f"%({statement.first})s"
        singular, plural = (singular + part, plural) if not ids else (singular, plural + part)
    for form in words.forms((singular, plural) if plural else singular):
        yield Statement("block", ())  # one form does not follow the other
        for at, piece in enumerate(pieces(form)):
            if at % 2 == 0:
                yield _text(piece)
            elif piece in elements:
                yield Statement("element", ())
            else:
                yield Statement("variable", given.get(piece, (Token("name", piece),)))


def _given(tokens: Sequence[Token]) -> dict[str, tuple[Token, ...]]:
    """The values that a message is given by name: `path=story.path, version=number(story)`."""
    found: dict[str, tuple[Token, ...]] = {}
    depth, start = 0, 0
    for at, token in enumerate((*tokens, Token("operator", ","))):
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        if token.text == "," and depth == 0:
            part = tokens[start:at]
            if len(part) > 2:
                found[part[0].text] = tuple(part[2:])
            start = at + 1
    return found


def _text(text: str) -> Statement:
    return Statement("data", (Token("data", text),))
