"""A file's text with all that is no prose turned to spaces, code point for code point, so that offsets stay true."""

from __future__ import annotations

import re

from cryptonewshub.articles.plain_text import join_wrapped_lines
from cryptonewshub.articles.prose import CITATION

_FRONT_MATTER = re.compile(r"\A ?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_PROSE_KEYS = ("title", "kicker", "standfirst")
_BLOCK_START = re.compile(r"[ \t]*(?:[>#!]|:::|[-*+][ \t]|\d{1,9}[.)][ \t])")
_LINE_ALONE = re.compile(r"[ \t]*(?:#|:::)|.*(?:  |\\)$")


def readable_text(text: str) -> str:
    """Plain text with its line ends made '\\n', and a paragraph that is broken into lines made one line."""
    return join_wrapped_lines(_plain_line_ends(text))


def readable_markdown(text: str) -> str:
    """The same for a Markdown story, with citations and front matter blanked; title, kicker and standfirst stay."""
    text = _plain_line_ends(text)
    found = _FRONT_MATTER.match(text)
    body_start = found.end() if found else 0
    front = _blank_front(text[:body_start], *found.span("yaml")) if found else ""
    return front + _joined(CITATION.sub(lambda citation: " " * len(citation.group()), text[body_start:]))


def _plain_line_ends(text: str) -> str:
    return text.replace("\ufeff", " ").replace("\r\n", " \n").replace("\r", "\n")


def _joined(body: str) -> str:
    """Single line breaks inside a paragraph are spaces to Markdown."""
    lines = body.split("\n")
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return "".join(line + ("\n" if _ends_block(line, after) else " ") for line, after in pairs)[:-1]


def _ends_block(line: str, after: str) -> bool:
    return not line.strip() or not after.strip() or bool(_BLOCK_START.match(after) or _LINE_ALONE.match(line))


def _blank_front(front: str, start: int, end: int) -> str:
    kept, reached = list[str](), 0
    for value_start, value_end in _prose_spans(front[start:end]):
        kept += [_blank(front[reached : start + value_start]), front[start + value_start : start + value_end]]
        reached = start + value_end
    return "".join([*kept, _blank(front[reached:])])


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _prose_spans(yaml_text: str) -> list[tuple[int, int]]:
    """Where the values of the prose keys stand, YAML's own quotation marks left out; none where the YAML is broken."""
    import yaml

    try:
        node = yaml.compose(yaml_text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return []
    if not isinstance(node, yaml.MappingNode):
        return []
    values = [value for key, value in node.value if key.value in _PROSE_KEYS and isinstance(value, yaml.ScalarNode)]
    return [_words(value.start_mark.index, value.end_mark.index, value.style) for value in values]


def _words(start: int, end: int, style: str | None) -> tuple[int, int]:
    return (start + 1, end - 1) if style in ("'", '"') else (start, end)
