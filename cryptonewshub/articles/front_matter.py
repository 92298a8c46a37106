"""The YAML above a story, read without ever building an object from it.

The text is only composed to nodes, never constructed: every scalar stays the text that was typed (so `no` is a language
and `1.0` a title), each value knows its line, and no tag can make Python do anything. Aliases are refused, because a
few of them can stand for a document of any size. A key that is not known is an error, never ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from cryptonewshub.articles.story_error import StoryError

if TYPE_CHECKING:
    from yaml import MappingNode, Node

SIZE_LIMIT = 100_000  # code points; the parser is plain Python and takes about a second for so much
_FIRST_LINE = 2  # the file's line on which the YAML starts, after the opening '---'
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping whose keys have been checked. Each method reads one value and raises StoryError where its shape is
    wrong.
    """

    node: MappingNode
    path: Path
    what: str

    def text(self, key: str) -> str:
        """The value as text without outer spaces, '' where the key is absent or empty."""
        node = self._value(key)
        return "" if node is None else self._scalar(node, key)

    def is_null(self, key: str) -> bool:
        """Whether the key is there and says that there is nothing."""
        return any(name.value == key and value.tag == _NULL for name, value in self.node.value)

    def texts(self, key: str) -> list[str]:
        """A list of texts; one text alone counts as a list of one."""
        return [self._scalar(node, key) for node in self._items(key)]

    def entries(self, key: str, known: Sequence[str], shorthand: str) -> Iterator[Fields | str]:
        """The mappings in a list; an item that is a text alone stands for its `shorthand` key and comes as text."""
        from yaml import MappingNode

        for node in self._items(key):
            if isinstance(node, MappingNode):
                yield checked_fields(node, known, path=self.path, what=f"an entry of “{key}”")
            elif shorthand:
                yield self._scalar(node, key)
            else:
                raise self.error(f"“{key}” should be a list of entries with keys such as “{known[0]}:”", node=node)

    def whole_number(self, key: str) -> int:
        """The value as a number of pixels or the like, 0 where the key is absent."""
        text = self.text(key)
        if text and not (text.isascii() and text.isdigit() and len(text) < 7):
            raise self.error(f"“{key}” should be a whole number", key=key)
        return int(text or 0)

    def day(self, key: str) -> date | None:
        """A date written 2026-11-22; the time of day of a fuller one is left out."""
        text = self.text(key)
        try:
            return datetime.fromisoformat(text).date() if text else None
        except ValueError:
            raise self.error(f"“{key}” should be a date written like 2026-11-22", key=key) from None

    def moment(self, key: str) -> datetime | None:
        """A date and time with its zone, written 2026-11-22T09:30:00+01:00."""
        text = self.text(key)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
            if moment.tzinfo is not None:
                moment.utctimetuple()  # a year 1 or 9999 may lie outside the calendar in UTC
        except (ValueError, OverflowError):
            raise self.error(
                f"“{key}” should be a date and time written like 2026-11-22T09:30:00+01:00", key=key
            ) from None
        if moment.tzinfo is None:
            raise self.error(f"“{key}” has no time zone; write it like 2026-11-22T09:30:00+01:00", key=key)
        return moment

    def error(self, sentence: str, *, key: str = "", node: Node | None = None) -> StoryError:
        """The error for this mapping, at the line of the key or node; the sentence's full stop is put here."""
        found = node or next((name for name, _ in self.node.value if name.value == key), self.node)
        return StoryError(f"{sentence}.", path=self.path, line=line_of(found))

    def _value(self, key: str) -> Node | None:
        found = next((value for name, value in self.node.value if name.value == key), None)
        return None if found is None or found.tag == _NULL else found

    def _items(self, key: str) -> list[Node]:
        from yaml import SequenceNode

        node = self._value(key)
        if node is None:
            return []
        return list(node.value) if isinstance(node, SequenceNode) else [node]

    def _scalar(self, node: Node, key: str) -> str:
        from yaml import ScalarNode

        if not isinstance(node, ScalarNode):
            raise self.error(f"“{key}” should be text, and is a list or a mapping", node=node)
        return "" if node.tag == _NULL else str(node.value).strip()


def read_front_matter(yaml_text: str, known: Sequence[str], *, path: Path) -> Fields:
    """The checked fields of the YAML between the two lines of '---'.

    Raises StoryError, with the line, for YAML that is broken, too big, or not a mapping, and for keys that are unknown
    or stand there twice.
    """
    from yaml import MappingNode

    if len(yaml_text) > SIZE_LIMIT:
        raise StoryError(f"the front matter is longer than {SIZE_LIMIT:,} characters.", path=path, line=_FIRST_LINE)
    node = _composed(yaml_text, path)
    if not isinstance(node, MappingNode):
        raise StoryError("the front matter should be lines of the form “key: value”.", path=path, line=_FIRST_LINE)
    return checked_fields(node, known, path=path, what="the front matter")


def checked_fields(node: MappingNode, known: Sequence[str], *, path: Path, what: str) -> Fields:
    """The mapping, once each of its keys is known and stands there only once."""
    seen: set[str] = set()
    for key, _ in node.value:
        name = str(key.value) if isinstance(key.value, str) else "a list"
        if name in seen:
            raise StoryError(f"the key “{name}” stands twice in {what}.", path=path, line=line_of(key))
        if name not in known:
            raise StoryError(_unknown(name, known, what), path=path, line=line_of(key))
        seen.add(name)
    return Fields(node=node, path=path, what=what)


def line_of(node: Node) -> int:
    """The file's line on which a node starts, counted from 1."""
    return int(node.start_mark.line) + _FIRST_LINE


def _unknown(name: str, known: Sequence[str], what: str) -> str:
    nearest = get_close_matches(name.lower()[:40], known, n=1, cutoff=0.5)
    advice = f"the nearest known key is “{nearest[0]}”" if nearest else f"the known keys are {', '.join(known)}"
    return f"the key “{name[:40]}” is not known in {what}; {advice}."


def _composed(yaml_text: str, path: Path) -> Node | None:
    import yaml

    class NodesOnly(yaml.SafeLoader):
        def compose_node(self, parent: Node | None, index: int) -> Node | None:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(problem="aliases (*name) are not allowed", problem_mark=mark)
            return super().compose_node(parent, index)

    try:
        # Only nodes are composed: nothing is constructed from them, whatever their tags say.
        return yaml.compose(yaml_text, Loader=NodesOnly)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + _FIRST_LINE if mark is not None else _FIRST_LINE
        raise StoryError(_broken(error.problem or "it is not YAML"), path=path, line=line) from None
    except yaml.reader.ReaderError as error:
        line = yaml_text.count("\n", 0, error.position) + _FIRST_LINE
        raise StoryError(_broken("a character that YAML does not allow"), path=path, line=line) from None
    except RecursionError:
        raise StoryError(_broken("it is nested too deeply"), path=path, line=_FIRST_LINE) from None


def _broken(problem: str) -> str:
    advice = ""
    if "mapping values" in problem:
        advice = " Text that holds a colon goes between quotation marks."
    return f"the front matter is not valid YAML ({problem}).{advice}"
