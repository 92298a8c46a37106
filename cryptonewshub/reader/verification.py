"""How to verify a story: what a reader, or anybody, does to check our pages without trusting us."""

from __future__ import annotations

import json
from functools import cache

from markupsafe import Markup

from cryptonewshub.languages.sources import script_messages
from cryptonewshub.languages.wording import wording
from cryptonewshub.reader.affected import VERIFY
from cryptonewshub.reader.assets import asset_text
from cryptonewshub.reader.engine import macro, render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.languages import direction
from cryptonewshub.reader.site import Site


def verify_page(site: Site) -> str:
    """The page that ‘Verify this page’ leads to."""
    frame = frame_of(
        site,
        title=site.words.say("Verify a story"),
        description=site.words.say("How anybody can check that our pages say what was sealed and logged."),
        path=VERIFY,
        stories=(),
    )
    return render(site.language, "pages/verify.html", frame=frame, words=_script_words(site.language))


@cache
def verifier_file(language: str) -> str:
    """The same as one file, to be saved and opened from disk; on a site the policy of pages lets nothing in it run."""
    style, script = (Markup(asset_text(name)) for name in ("verify.css", "verify.js"))
    checking = macro(language, "components/checking.html", "checking")(False, _script_words(language))
    return render(
        language,
        "pages/verifier.html",
        language=language,
        direction=direction(language),
        style=style,
        script=script,
        checking=checking,
    )


def _script_words(language: str) -> str:
    """What verify.js says, by its English sentences, in JSON; '' where it says them in English."""
    words = wording(language)
    said = {message: words.forms(message)[0] for message in script_messages(asset_text("verify.js"))}
    changed = {message: text for message, text in said.items() if text != message}
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")) if changed else ""
