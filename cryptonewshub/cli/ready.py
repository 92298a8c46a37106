"""`cnh ready`: what should be done by now and is not, a line for each matter."""

from __future__ import annotations

import argparse

from cryptonewshub.cli.newsroom import open_newsroom


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is well, 1 when something is not."""
    open_newsroom()
    from django.utils import timezone

    from cryptonewshub.delivery.readiness import matters

    found = matters(timezone.now())
    for matter in found:
        print(f"{'well    ' if matter.is_well else 'NOT WELL'}  {matter.name:<9} {matter.sentence}")
    return 0 if all(matter.is_well for matter in found) else 1
