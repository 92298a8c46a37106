"""`python -m cryptonewshub.languages`: brings every catalogue up to date with the messages of templates and code.

New messages come in empty, those that nobody says any more go, translations stay. Run it in a checkout.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cryptonewshub.languages.sources import Message, module_messages, script_messages
from cryptonewshub.languages.wording import CATALOGUES

PACKAGE = CATALOGUES.parent
# Where messages to readers stand; the editor is English.
_PLACES = (
    "reader", "comments", "delivery", "accuracy/policy_words.py", "accuracy/clearing.py", "cli/founding.py",
)  # fmt: skip
_SAYING: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_TEMPLATES = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}


def messages() -> dict[Message, list[str]]:
    """Every message with the files that say it, in the order of the files."""
    found: dict[Message, list[str]] = {}
    for path, message in _extracted():
        files = found.setdefault(message, [])
        if path not in files:
            files.append(path)
    return found


def _extracted() -> Iterator[tuple[str, Message]]:
    for path in _files():
        name, source = str(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8")
        found = {".py": module_messages, ".js": script_messages}.get(path.suffix, _template_messages)(source)
        yield from ((name, message) for message in found)


def _template_messages(source: str) -> Iterator[Message]:
    from babel.messages.extract import extract

    for _, message, _, _ in extract("jinja2", BytesIO(source.encode()), _SAYING, options=_TEMPLATES):
        yield message if isinstance(message, str) else (message[0], message[1])


def _files() -> Iterator[Path]:
    for place in _PLACES:
        root = PACKAGE / place
        found = [root] if root.is_file() else sorted(root.rglob("*"))
        kinds = (".py", ".html", ".xml", ".js") if place == "reader" else (".py",)
        yield from (path for path in found if path.suffix in kinds)


def update(catalogue: Path, known: dict[Message, list[str]]) -> int:
    """Writes the catalogue anew. Returns how many of its messages have no translation."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    with catalogue.open("rb") as file:
        before = read_po(file, locale=catalogue.stem)
    after = Catalog(locale=catalogue.stem, header_comment=_HEAD, fuzzy=False, charset="utf-8")
    for message, files in known.items():
        old = before.get(message if isinstance(message, str) else message[0])
        after.add(message, old.string if old else "", locations=[(name, 0) for name in files])
    with catalogue.open("wb") as file:
        write_po(file, after, width=120, omit_header=False, include_lineno=False)
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(_PASSING)]
    catalogue.write_text("".join(kept), encoding="utf-8")
    return sum(1 for message in after if message.id and not all(_texts(message.string)))


_HEAD = "# What readers read, in another language than English: docs/how-to/add-a-language.md."
_PASSING = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Report-Msgid',
    '"Language-Team',
    '"Generated-By',
    '"Project-Id',
)


def _texts(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (str(string),)


def main() -> int:
    known = messages()
    for catalogue in sorted(CATALOGUES.glob("*.po")):
        missing = update(catalogue, known)
        print(f"{catalogue.name}: {len(known)} messages, {missing} without a translation.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
