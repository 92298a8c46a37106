"""One story, published and corrected, in a newsroom whose log and pages are on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cryptonewshub.config.home import Home
from tests.cast import correction_fields

STORY = "/security/ferry-runs-again/"


@pytest.fixture
def paper(home: Home, committed_draft: Callable[..., Any], settings: Any) -> Path:
    """The newsroom's directory."""
    from cryptonewshub.editions.publishing import publish_edition

    settings.CNH_BASE_URL = "https://news.example.org"
    publish_edition(committed_draft().get_latest_revision())
    publish_edition(
        committed_draft(more="It will sail on Tuesday at noon.", change=correction_fields()).get_latest_revision()
    )
    return home.path
