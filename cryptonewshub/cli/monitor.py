"""`cnh monitor URL|DIR`: whether a newsroom's log only grew and its pages say what was logged. Needs no newsroom."""

from __future__ import annotations

from cryptonewshub.verifier.command import add_monitor_arguments as add_arguments
from cryptonewshub.verifier.command import run_monitor as run

__all__ = ["add_arguments", "run"]
