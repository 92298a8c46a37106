"""F1: killed at every step of publishing. The editor publishes again, and gets the same version, once."""

from __future__ import annotations

import pytest

from cryptonewshub.tlog.manifests import Kind
from tests.faults.newsroom import FaultyNewsroom
from tests.faults.oracle import require_safe, require_sound

pytestmark = pytest.mark.xdist_group("faults")

POINTS = ["P0", "P1", "P2", "P3", "P4", "P6", "P7", "P8", "P9", "P11", "P12"]
POINTS += [f"P5#{time}" for time in range(1, 5)] + [f"P10#{time}" for time in (1, 2, 4)]


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_loses_and_repeats_nothing(newsroom: FaultyNewsroom, point: str) -> None:
    killed = newsroom.publish("Fault words one.", env=newsroom.crash_at(point))
    assert killed.status == -9, killed.said
    require_safe(newsroom)
    again = newsroom.publish("Fault words one.")
    assert again.is_acknowledged, again.said
    assert "edition 2" in again.said
    leaves = require_sound(newsroom)
    versions = [leaf.manifest.version for leaf in leaves if leaf.manifest.kind is Kind.VERSION]
    assert versions == [1, 2]


def test_a_crash_point_of_another_newsroom_does_nothing(newsroom: FaultyNewsroom) -> None:
    assert newsroom.publish("Fault words one.", env={"CNH_CRASH_AT": "P4 /somewhere/else"}).is_acknowledged
    require_sound(newsroom)
