"""The whole newsroom as one ASGI application: files for readers, the editor for the staff."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.asgi import get_asgi_application

from cryptonewshub.comments.addresses import LIVE
from cryptonewshub.delivery.letterbox.turnstile import Turnstile
from cryptonewshub.delivery.serving import IMMUTABLE, Application, Front, Shelf, log_shelves, uploads

STAFF = ("/admin/", "/search/", LIVE)


def newsroom_application() -> Front:
    """The application. Django must be set up."""
    home = settings.CNH_HOME
    return Front(
        shelves=(
            Shelf("/static/", catalogue=editor_files(), cache_control=b"public, max-age=3600"),
            Shelf("/assets/", home.site / "assets", cache_control=IMMUTABLE),
            Shelf("/media/", home.site / "media", cache_control=IMMUTABLE),
            *log_shelves(home.log),
            uploads(home.media),
            Shelf("/", home.site),
        ),
        staff=Turnstile(
            cast("Application", get_asgi_application()),
            origin=settings.CNH_BASE_URL,
            behind_proxy=settings.CNH_BEHIND_PROXY,
        ),
        staff_prefixes=STAFF,
        missing=home.site / "404.html",
    )


def editor_files() -> dict[str, Path]:
    """The style and script files of the editor, by the address at which Wagtail's pages ask for them."""
    return {
        name: Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=None)
    }
