"""The direction of imports, after ARCHITECTURE.md: a stage may import the stages above it, and none below."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import cryptonewshub

PACKAGE = Path(cryptonewshub.__file__).parent
STAGES = (
    "verifier",
    "tlog",
    "quotations",
    "languages",
    "people",
    "sources",
    "statements",
    "articles",
    "accuracy",
    "editions",
    "comments",
    "reader",
    "delivery",
    "exchange",
    "seeding",
    "cli",
    "config",
)
DATA = ("demo",)  # the demo newsroom's stories: no stage, and nothing imports it
PLAIN = ("verifier", "tlog", "quotations", "languages")
# The modules that `cnh check` and `cnh quotes` run through, in stages that have Django parts too.
PLAIN_MODULES = (
    "articles/document.py",
    "articles/stories.py",
    "articles/front_matter.py",
    "articles/prose.py",
    "articles/plain_text.py",
    "articles/story_writing.py",
    "articles/blanking.py",
    "sources/extraction.py",
    "sources/extracted.py",
    "sources/quarantine.py",
    "sources/destinations.py",
    "sources/fetching.py",
    "accuracy/checking.py",
    "accuracy/report.py",
    "accuracy/reporting.py",
    "accuracy/terminal.py",
    "cli/main.py",
    "cli/check.py",
    "cli/quotes.py",
)
# What opens connections to other machines, and the two modules that may: one judges addresses, one asks them.
# The verifier is an outsider's tool: it asks the one site that its user names, and never runs inside a newsroom.
OUTSIDERS = ("verifier/places.py",)
NETWORK = (
    "socket",
    "http.client",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
    "redis",
)
DOOR = ("sources/destinations.py", "sources/fetching.py")
# Asks the services that the operator has named in the settings, over kept connections. Who sets CNH_HOME may name any
# host; an address in a story may not, and so no stage before delivery/ can import this.
NAMED_BY_THE_OPERATOR = ("delivery/services.py", "config/remembering.py")
LISTENING = ("cli/serve.py", "cli/readers_process.py")  # try whether their own port is free, or open
# Speaks to the editors' process over a socket in the file system; looks at, and closes, what readers have opened.
LOCAL = ("delivery/behind.py", "delivery/stalled.py")
WEB = ("django", "wagtail", "modelcluster", "taggit", "granian")


@dataclass(frozen=True)
class Import:
    """One imported module, by its full dotted name, and where that is done."""

    file: Path
    line: int
    module: str

    @property
    def stage(self) -> str:
        return self.file.relative_to(PACKAGE).parts[0]

    @property
    def imported_stage(self) -> str | None:
        parts = self.module.split(".")
        return parts[1] if parts[0] == "cryptonewshub" and len(parts) > 1 else None

    def __str__(self) -> str:
        return f"{self.file.relative_to(PACKAGE.parent)}:{self.line} imports {self.module}"


def imports_of(file: Path, code: str | None = None) -> Iterator[Import]:
    """Every import of a file, also those inside functions and those for types only."""
    package = (PACKAGE.name, *file.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8") if code is None else code)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*start, *([node.module] if node.module else [])])
            names = [name.name for name in node.names] if module == PACKAGE.name or not node.module else [""]
            yield from (Import(file, node.lineno, f"{module}.{name}".rstrip(".")) for name in names)


def all_imports() -> list[Import]:
    files = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)
    return [found for file in files for found in imports_of(file)]


def points_down(found: Import) -> bool:
    """Whether the import is of a later stage. The command line comes after every stage but the configuration, which it
    starts; whatever it starts is imported inside a function, so that a word that needs no newsroom loads none.
    """
    target = found.imported_stage
    if target is None or target not in STAGES or found.stage in ("cli", "config", *DATA):
        return False
    return STAGES.index(target) > STAGES.index(found.stage)


def test_every_folder_is_a_stage():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - {*STAGES, *DATA} == set()


def test_no_stage_imports_a_later_one():
    assert [str(found) for found in all_imports() if points_down(found)] == []


def test_nothing_imports_the_demo():
    wrong = [str(found) for found in all_imports() if found.imported_stage in DATA and found.stage not in DATA]
    assert [line for line in wrong if "/cli/" not in line] == []


@pytest.mark.parametrize("stage", PLAIN)
def test_plain_stages_import_no_web_framework(stage):
    imports = [found for found in all_imports() if found.stage == stage]
    assert [str(found) for found in imports if found.module.split(".")[0] in WEB] == []


def test_the_verifier_stands_on_the_standard_library_alone():
    """An outsider runs it as one file, without this project and without anything that would have to be installed."""
    imports = [found for found in all_imports() if found.stage == "verifier" and found.imported_stage != "verifier"]
    assert [str(found) for found in imports if found.module.split(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize("module", PLAIN_MODULES)
def test_modules_of_the_plain_checker_import_no_web_framework(module):
    assert [str(found) for found in imports_of(PACKAGE / module) if found.module.split(".")[0] in WEB] == []


@pytest.mark.parametrize("word", ["check", "quotes"])
def test_plain_words_load_no_web_framework(word, tmp_path):
    story = tmp_path / "story.md"
    story.write_text("# A quay closes\n\n“Nobody came,” Ada Holm said.\n", encoding="utf-8")
    code = (
        "import sys\n"
        "from cryptonewshub.cli.main import main\n"
        f"main([{word!r}, '--json', {str(story)!r}])\n"
        f"print(sorted(name for name in {WEB!r} if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["[]"]


@pytest.mark.parametrize(
    ("file", "code", "is_wrong"),
    [
        ("quotations/finding.py", "from cryptonewshub.articles.document import Block", True),
        ("quotations/finding.py", "def f():\n    import cryptonewshub.cli.main", True),
        ("quotations/finding.py", "from ..accuracy import report", True),
        ("quotations/finding.py", "from .. import reader", True),
        ("quotations/finding.py", "from cryptonewshub import delivery", True),
        ("quotations/finding.py", "from .vocabulary import Kind", False),
        ("accuracy/checking.py", "from cryptonewshub.articles.document import Block", False),
        ("accuracy/checking.py", "from cryptonewshub import __version__", False),
        ("cli/main.py", "from cryptonewshub.config import home", False),
    ],
)
def test_imports_that_point_down_are_seen(file, code, is_wrong):
    assert any(points_down(found) for found in imports_of(PACKAGE / file, code)) is is_wrong


def test_words_of_the_command_line_load_no_web_framework_before_they_run():
    code = (
        "import sys\n"
        "from importlib import import_module\n"
        "from cryptonewshub.cli.main import WORDS\n"
        "[import_module(f'cryptonewshub.cli.{word}') for word in WORDS]\n"
        f"print(sorted(name for name in {WEB!r} if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_one_module_opens_connections_to_other_machines():
    allowed = {*DOOR, *NAMED_BY_THE_OPERATOR, *LISTENING, *LOCAL, *OUTSIDERS}
    imports = [found for found in all_imports() if str(found.file.relative_to(PACKAGE)) not in allowed]
    names = {f"{found}": found.module for found in imports}
    wrong = [told for told, name in names.items() if any(name == net or name.startswith(f"{net}.") for net in NETWORK)]
    assert wrong == []
