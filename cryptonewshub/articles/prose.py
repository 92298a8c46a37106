"""The body of a story: Markdown in, blocks of plain text with marks out. The words and their typography stay as typed.

The dialect is CommonMark without HTML, code and reference links, with additions: `[^id]` cites a source, and the
lines between ':::facts Title' and ':::' are a fact box, those between ':::points' and ':::' key points. Tables are
those of GitHub's Markdown, and a paragraph 'Table: what it shows' before one is its title. ':::update TIME Headline'
begins an update of live coverage. Nothing is dropped: what is not understood stays as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from cryptonewshub.articles.document import Block, BlockKind, Mark, MarkKind
from cryptonewshub.articles.story_error import StoryError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    InlineRule = Callable[[StateInline, bool], bool]

_BOX = re.compile(r":::[ \t]*(facts|points)\b[ \t]*(.*)")
_BOX_END = re.compile(r":::[ \t]*")
_UPDATE = re.compile(r":::[ \t]*update\b[ \t]*(\S*)[ \t]*(.*)")
_TABLE_TITLE = re.compile(r"Table:\s*")
CITATION = re.compile(r"\[\^([^\]\[\s]{1,100})\]")
_CREDIT = re.compile(r"(?:^|\s)Credit:\s*(.*)$", re.DOTALL)
_LICENCE = re.compile(r"(?:^|\s)Licence:\s*(.*)$", re.DOTALL)
_ATTRIBUTION = re.compile(r"(?:[—–―]|--)\s*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f]")
_BREAKS = ("softbreak", "hardbreak")
_OPENING: dict[str, BlockKind] = {
    "blockquote_open": "quote",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "heading_open": "h",
}
_CLOSING = frozenset(name.replace("_open", "_close") for name in _OPENING)
_MARKS: dict[str, MarkKind] = {"em_open": "em", "strong_open": "strong", "link_open": "a"}
_TABLE_STEPS: dict[str, BlockKind | None] = {
    "thead_open": "row-head", "tbody_open": "row", "tr_close": None, "table_close": None,
}  # fmt: skip
_RULES = (
    "blockquote", "heading", "lheading", "hr", "list", "table",
    "emphasis", "link", "image", "newline", "escape", "entity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as the body names it: the address, what it shows, and the caption with credit and licence taken off."""

    file: str
    alt: str
    caption: str
    credit: str
    licence: str
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """What a story's Markdown holds. The `image` of an image block is the index into `pictures`."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...]


def parse_body(text: str, *, path: Path, first_line: int = 1, sources: Collection[str] = ()) -> Body:
    """The blocks of a Markdown text whose first line is line `first_line` of the file.

    Raises StoryError for a citation of a source that is not in `sources`, for a box without an end, and for an update
    without a time or a headline.
    """
    reading = _Reading(path=path, sources=sources)
    for line, is_box, part in _parts(text, path, first_line):
        if is_box:
            reading.add_box(part, line)
        elif _UPDATE.fullmatch(part):
            reading.add_update(part, line)
        else:
            reading.add_markdown(part, line)
    return Body(tuple(_titled_tables(reading.blocks)), tuple(reading.pictures))


def _parts(text: str, path: Path, first_line: int) -> Iterable[tuple[int, bool, str]]:
    """Stretches of Markdown, boxes, and beginnings of updates, each with the file's line on which it starts."""
    start, is_box, part = first_line, False, list[str]()
    for line, content in enumerate(text.split("\n"), first_line):
        if not is_box and _BOX.fullmatch(content):
            yield start, False, "\n".join(part)
            start, is_box, part = line, True, [content]
        elif is_box and _BOX_END.fullmatch(content):
            yield start, True, "\n".join(part)
            start, is_box, part = line + 1, False, []
        elif not is_box and _UPDATE.fullmatch(content):
            yield start, False, "\n".join(part)
            yield line, False, content
            start, part = line + 1, []
        else:
            part.append(content)
    if is_box:
        raise StoryError("the fact box has no end; close it with a line of three colons.", path=path, line=start)
    yield start, False, "\n".join(part)


def _titled_tables(blocks: Sequence[Block]) -> Iterable[Block]:
    """The blocks, a paragraph 'Table: …' that stands right before a table being its title."""
    for block, after in zip_longest(blocks, blocks[1:]):
        found = _TABLE_TITLE.match(block.text)
        if block.kind == "p" and after is not None and after.kind == "row-head" and found:
            text, marks = _trimmed(" " * found.end() + block.text[found.end() :], block.marks)
            yield replace(block, kind="table-title", text=text, marks=marks)
        else:
            yield block


class _Reading:
    """The blocks of one story as they are read."""

    def __init__(self, *, path: Path, sources: Collection[str]) -> None:
        self.path, self.sources = path, sources
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self._row: BlockKind | None = None
        self._cells: list[tuple[str, tuple[Mark, ...]]] = []

    def add_box(self, part: str, line: int) -> None:
        opening, *lines = part.split("\n")
        found = _BOX.fullmatch(opening)
        assert found
        kind: BlockKind = "facts" if found.group(1) == "facts" else "points"
        if kind == "facts":
            self._add_line("facts-title", found.group(2), line)
        for number, text in enumerate(lines, line + 1):
            self._add_line(kind, text.strip().removeprefix("- "), number)

    def add_update(self, part: str, line: int) -> None:
        found = _UPDATE.fullmatch(part)
        assert found
        try:
            at = datetime.fromisoformat(found.group(1))
        except ValueError:
            at = None
        if at is None or at.tzinfo is None or not found.group(2).strip():
            example = ":::update 2026-11-22T09:30:00+01:00 Talks resume"
            sentence = f"an update begins with its time, the zone and a headline: “{example}”."
            raise StoryError(sentence, path=self.path, line=line)
        refuse_control_characters(found.group(2), path=self.path, line=line)
        self.blocks.append(Block(kind="update", text=found.group(2).strip(), at=at))

    def add_markdown(self, part: str, line: int) -> None:
        """Walk the parsed tokens; what stands in a quotation is quotation, and else the innermost list or heading."""
        opened, quote_start = list[BlockKind](), 0
        for token in _markdown().parse(part):
            if kind := _OPENING.get(token.type):
                quote_start = quote_start if "quote" in opened else len(self.blocks)
                opened.append(kind)
            elif token.type in _CLOSING:
                opened.pop()
            elif token.type in _TABLE_STEPS:
                self._step_through_table(token)
            elif token.type == "inline":
                children, at = token.children or [], line + (token.map[0] if token.map else 0)
                if "quote" in opened:
                    self._add_quote(children, at, quote_start)
                elif self._row is not None:
                    self._cells.append(self._plain(children, at))
                else:
                    self._add(opened[-1] if opened else "p", children, at)

    def _step_through_table(self, token: Token) -> None:
        if token.type == "tr_close":
            self._add_row()
        else:
            self._row = _TABLE_STEPS[token.type]

    def _add_row(self) -> None:
        """The cells read so far as one block."""
        text, marks = "", list[Mark]()
        for number, (cell, found) in enumerate(self._cells):
            text += "\n" if number else ""
            marks += [replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in found]
            text += cell.replace("\n", " ")
        if text and self._row:
            self.blocks.append(Block(kind=self._row, text=text, marks=tuple(marks)))
        self._cells = []

    def _add_line(self, kind: BlockKind, text: str, line: int) -> None:
        for token in _markdown().parseInline(text.strip()):
            self._add(kind, token.children or [], line)

    def _add_quote(self, children: Sequence[Token], line: int, quote_start: int) -> None:
        words, attribution = _split_attribution(children)
        self._add("quote", words, line)
        if attribution is None:
            return
        lines_above = (len(children) > len(attribution)) + sum(child.type in _BREAKS for child in words)
        text, marks = self._plain(attribution, line + lines_above)
        speaker = _ATTRIBUTION.sub("", text, count=1).strip() or None
        source = next((mark.value for mark in marks if mark.kind == "source"), None)
        for index in range(quote_start, len(self.blocks)):
            if self.blocks[index].kind == "quote":
                self.blocks[index] = replace(self.blocks[index], speaker=speaker, source=source)

    def _add(self, kind: BlockKind, children: Sequence[Token], line: int) -> None:
        text, marks = self._plain([child for child in children if child.type != "image"], line)
        if text:
            self.blocks.append(Block(kind=kind, text=text, marks=marks))
        for image in children:
            if image.type == "image":
                self._add_picture(image, line)

    def _add_picture(self, image: Token, line: int) -> None:
        title = str(image.attrs.get("title", "")).strip()
        title, licence = _cut_off(_LICENCE, title)
        caption, credit = _cut_off(_CREDIT, title)
        picture = Picture(
            file=str(image.attrs.get("src", "")),
            alt=image.content.strip(),
            caption=caption,
            credit=credit,
            licence=licence,
            line=line,
        )
        self.blocks.append(Block(kind="image", text=caption, image=len(self.pictures)))
        self.pictures.append(picture)

    def _plain(self, children: Sequence[Token], line: int) -> tuple[str, tuple[Mark, ...]]:
        """The text of inline tokens, without outer spaces, and the marks in it."""
        text, marks, opened = "", list[Mark](), list[tuple[MarkKind, int, str]]()
        for position, child in enumerate(children):
            if child.type == "citation":
                self._check_citation(child, children[position + 1 :], line, is_first=not text)
                text = _close_gap(text, children[position + 1 :])
                marks.append(Mark(len(text), len(text), "source", child.content))
            elif child.type in _MARKS:
                opened.append((_MARKS[child.type], len(text), str(child.attrs.get("href", ""))))
            elif child.type.endswith("_close") and opened:
                kind, start, value = opened.pop()
                marks.append(Mark(start, len(text), kind, value))
            elif child.type in _BREAKS:
                text = text.rstrip(" ") + (" " if child.type == "softbreak" else "\n")
                line += 1
            else:
                text += child.content
        refuse_control_characters(text, path=self.path, line=line)
        return _trimmed(text, marks)

    def _check_citation(self, citation: Token, after: Sequence[Token], line: int, *, is_first: bool) -> None:
        name = citation.content
        if is_first and after and after[0].content.startswith(":"):
            advice = "describe the source under “sources” in the front matter"
            raise StoryError(f"the note “[^{name}]:” has a text of its own; {advice}.", path=self.path, line=line)
        if name not in self.sources:
            nearest = get_close_matches(name, self.sources, n=1, cutoff=0.5)
            advice = f"did you mean “{nearest[0]}”?" if nearest else "add it under “sources” in the front matter."
            raise StoryError(
                f"“[^{name}]” cites a source that the story does not have; {advice}", path=self.path, line=line
            )


def _cut_off(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The text before what the pattern finds, and what it finds; '' where it finds nothing."""
    found = pattern.search(text)
    return (text[: found.start()].strip(), found.group(1).strip()) if found else (text, "")


def refuse_control_characters(text: str, *, path: Path, line: int = 1) -> None:
    """Raise StoryError where the text, whose first line is `line`, holds a character that no reader can see."""
    if found := _CONTROL.search(text):
        place = line + text.count("\n", 0, found.start())
        name = f"U+{ord(found.group()):04X}"
        raise StoryError(f"the text holds a control character ({name}); take it out.", path=path, line=place)


def _split_attribution(children: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token] | None]:
    """The words of a block quotation, and its last line where that starts with a dash."""
    breaks = [index for index, child in enumerate(children) if child.type in _BREAKS]
    cut = breaks[-1] if breaks else -1
    last = children[cut + 1 :]
    if last and last[0].type == "text" and _ATTRIBUTION.match(last[0].content):
        return children[: max(cut, 0)], last
    return children, None


def _close_gap(text: str, after: Sequence[Token]) -> str:
    """The text without the space typed before a citation, where another space, a stop or the end follows."""
    following = next((child.content or " " for child in after if child.type != "citation"), " ")
    return text if following[:1].isalnum() else text.rstrip(" ")


def _trimmed(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    shift, plain = len(text) - len(text.lstrip()), text.strip()

    def inside(offset: int) -> int:
        return min(max(offset - shift, 0), len(plain))

    moved = [replace(mark, start=inside(mark.start), end=inside(mark.end)) for mark in marks]
    kept = [mark for mark in moved if mark.kind == "source" or mark.start < mark.end]
    return plain, tuple(sorted(kept, key=lambda mark: (mark.start, -mark.end, mark.kind == "source")))


@cache
def _markdown() -> MarkdownIt:
    """The parser of the dialect; imported here because only a story with a body needs it."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link

    markdown = MarkdownIt("zero", {"html": False}).enable(list(_RULES))
    markdown.inline.ruler.before("link", "citation", _citation)
    markdown.inline.ruler.at("link", _where_a_target_follows(link))
    markdown.inline.ruler.at("image", _where_a_target_follows(image))
    return markdown


def _where_a_target_follows(rule: InlineRule) -> InlineRule:
    """The rule, asked only before the last place where an address can start: brackets alone are cheap to read past."""

    def guarded(state: StateInline, silent: bool) -> bool:
        return state.pos < _last_target(state.src) and rule(state, silent)

    return guarded


@lru_cache(maxsize=8)
def _last_target(text: str) -> int:
    return text.rfind("](")


def _citation(state: StateInline, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("citation", "", 0).content = found.group(1)
    state.pos = found.end()
    return True
