"""Where messages stand in our own files: in Python what `N_`, `say` and `count` are given, in scripts say`…`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

Message = str | tuple[str, str]  # the second has the form for several things too

_ONE = ("N_", "say", "say_later")
_SEVERAL = ("count", "count_later")
_SAID = re.compile(r"\bsay`([^`]*)`")
_VALUE = re.compile(r"\$\{[^{}]*\}")


def module_messages(source: str) -> Iterator[Message]:
    """Every message of a Python module, in order."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        texts = [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if _name(call.func) in _ONE and texts:
            yield texts[0]
        elif _name(call.func) in _SEVERAL and len(texts) == 2:
            yield texts[0], texts[1]


def script_messages(source: str) -> Iterator[str]:
    """Every message of a script, in order: say`${address} cannot be fetched.` is '%(1)s cannot be fetched.' here."""
    for found in _SAID.finditer(source):
        first, *pieces = _VALUE.split(found.group(1))
        yield first + "".join(f"%({at})s{piece}" for at, piece in enumerate(pieces, start=1))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
