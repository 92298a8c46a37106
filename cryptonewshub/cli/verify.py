"""`cnh verify URL|FILE|DIR`: whether a page says what was sealed, and that is in the log. Needs no newsroom."""

from __future__ import annotations

from cryptonewshub.verifier.command import add_verify_arguments as add_arguments
from cryptonewshub.verifier.command import run_verify as run

__all__ = ["add_arguments", "run"]
