"""The starting texts of the newsroom's policies, which its editors make their own in the admin."""

from __future__ import annotations

from pathlib import Path


def policy_text(name: str) -> str:
    """The text that a new newsroom starts with. Raises FileNotFoundError for a policy that has none."""
    return (Path(__file__).parent / f"{name}.md").read_text(encoding="utf-8").strip()
