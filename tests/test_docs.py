"""The documents tell the truth: every command, setting, verdict and rule is in them, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cryptonewshub.cli.main import WORDS
from cryptonewshub.quotations.vocabulary import Verdict

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    page
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("specs/*.md")])
    if page.is_file()
]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_command_line_is_in_the_readme(word: str) -> None:
    assert f"`cnh {word}" in _text("README.md")


def test_every_setting_is_documented_and_no_other() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "cryptonewshub").rglob("*.py"))
    used = set(re.findall(r"\"(CNH_[A-Z_]+)\"", code))
    assert set(re.findall(r"^\| `(CNH_[A-Z_]+)`", _text("docs/reference/settings.md"), re.MULTILINE)) == used


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_explained(verdict: Verdict) -> None:
    assert f"`{verdict.value}`" in _text("docs/reference/rules.md")
    assert verdict.value in _text("specs/check-report.md")


def test_every_rule_is_explained() -> None:
    stages = ("quotations", "accuracy")
    files = [path for stage in stages for path in (ROOT / "cryptonewshub" / stage).rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    rules = set(re.findall(r"\brule=\"([a-z-]+)\"", code)) | set(re.findall(r"\bRemark\(\s*\"([a-z-]+)\"", code))
    assert rules
    for rule in rules:
        assert f"`{rule}`" in _text("docs/reference/rules.md"), rule


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    prose = re.sub(
        r"```.*?```|`[^`\n]*`|^    .*$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
        if "://" not in target and not target.startswith(("mailto:", "/")):
            assert (page.parent / target).exists(), target


def test_the_architecture_names_every_folder() -> None:
    folders = [path.name for path in (ROOT / "cryptonewshub").iterdir() if (path / "__init__.py").exists()]
    for folder in folders:
        assert f"`{folder}/`" in _text("ARCHITECTURE.md"), folder
