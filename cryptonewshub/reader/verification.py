"""How to verify a story: what a reader, or anybody, does to check our pages without trusting us."""

from __future__ import annotations

from cryptonewshub.reader.affected import VERIFY
from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site


def verify_page(site: Site) -> str:
    """The page that ‘Verify this page’ leads to."""
    frame = frame_of(
        site,
        title="Verify a story",
        description="How anybody can check that our pages say what was sealed and logged.",
        path=VERIFY,
        stories=(),
    )
    return render("pages/verify.html", frame=frame)
