"""A newsroom as an outsider finds it: pages and a log, and nothing of ours to trust."""

from __future__ import annotations

from pathlib import Path

from cryptonewshub.verifier.places import Newsroom
from cryptonewshub.verifier.story import Report, verify_page


def page_file(home: Path, address: str) -> Path:
    return home / "site" / address.lstrip("/") / "index.html"


def verify(home: Path, address: str, key: str | None = None) -> Report:
    return verify_page(Newsroom(home), address, page_file(home, address).read_bytes(), key=key)


def failures(report: Report) -> list[str]:
    return [step.text for step in report.steps if step.holds is False]


def change(file: Path, before: str, after: str) -> None:
    """Somebody changes a file behind the newsroom's back."""
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.chmod(0o644)
    file.write_text(text.replace(before, after), encoding="utf-8")
