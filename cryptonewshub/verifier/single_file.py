"""The verifier as one file: its modules one after another, with what they import from each other left out.

python -m cryptonewshub.verifier.single_file > verify.py
"""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

_MODULES = (
    "canonical",
    "ed25519",
    "log",
    "entries",
    "sealed",
    "page",
    "theme",
    "addresses",
    "projection",
    "places",
    "story",
    "memory",
    "history",
    "crawl",
    "monitor",
    "command",
)
_HEAD = '''#!/usr/bin/env python3
"""Checks a newsroom's pages against its public log. Needs Python 3.11 or newer and nothing else.

    python3 verify.py verify https://news.example.org/some/story/
    python3 verify.py monitor https://news.example.org/ --state news.json

It is made of the modules of the newsroom's software, one after another; the specifications are its `specs/`.
"""

from __future__ import annotations

'''
_FOOT = """

if __name__ == "__main__":
    raise SystemExit(main())
"""


@cache
def single_file() -> str:
    """The source of the one file."""
    sources = [_own_names(name, (Path(__file__).parent / f"{name}.py").read_text("utf-8")) for name in _MODULES]
    outside = dict.fromkeys(line for source in sources for line in _imports(source) if "cryptonewshub" not in line)
    return _HEAD + "\n".join(outside) + "\n\n\n" + "\n\n\n".join(map(_body, sources)) + _FOOT


def _own_names(module: str, source: str) -> str:
    """The source with its private names told apart from those of the other modules: `_links` is `_sealed_links`."""
    for name in top_names(source):
        if name.startswith("_"):
            source = re.sub(rf"(?<![\w.]){name}\b", f"_{module}{name}", source)
    return source


def top_names(source: str) -> list[str]:
    """What a module defines, without what it imports."""
    found: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return found


def _imports(source: str) -> list[str]:
    tree = ast.parse(source)
    lines = [ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    return [line for line in lines if "__future__" not in line]


def _body(source: str) -> str:
    """The module with its docstring as a comment and without its imports."""
    tree, lines = ast.parse(source), source.splitlines()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    docstring = ast.get_docstring(tree) or ""
    first = tree.body[0].end_lineno or 0
    head = [f"# {line}".rstrip() for line in docstring.splitlines()]
    return "\n".join(head) + "\n\n" + "\n".join(lines[first:]).strip()


if __name__ == "__main__":
    sys.stdout.write(single_file())
