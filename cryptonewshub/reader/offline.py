"""What a browser shows without a connection, and the script beside the pages that shows it.

A page that the browser still has in its own memory is shown again; for every other there is the page for that. The
script (a service worker, https://www.w3.org/TR/service-workers/) keeps this one page and the files that it is set with.
Every page's own script loads REGISTER where it does not run yet.
"""

from __future__ import annotations

import hashlib
import re

from cryptonewshub.reader.engine import render
from cryptonewshub.reader.frames import frame_of
from cryptonewshub.reader.site import Site

PAGE = "/offline/"
REGISTER = "/offline.js"
WORKER = "/worker.js"

_ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


def offline_page(site: Site) -> str:
    """What a browser shows that has no connection."""
    frame = frame_of(site, title=site.words.say("No connection"), description="", path="", stories=(), is_indexed=False)
    return render(site.language, "pages/offline.html", frame=frame)


def register(site: Site) -> str:
    """The few lines that ask a browser to run the script."""
    return render(site.language, "scripts/register.js", worker=WORKER)


def worker(site: Site) -> str:
    """The script. It is another one, which browsers then fetch, when the page or a file of it is another."""
    page = offline_page(site)
    shelf = f"offline-{hashlib.sha256(page.encode()).hexdigest()[:8]}"
    return render(site.language, "scripts/worker.js", shelf=shelf, files=[PAGE, *dict.fromkeys(_ASSET.findall(page))])
