"""The editors' process as one ASGI application: what needs Django, and the files that only the staff asks for.

It listens on a local socket, behind the readers' server or another one, which says who asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.asgi import get_asgi_application

from cryptonewshub.comments.addresses import LIVE
from cryptonewshub.delivery.behind import CLIENT
from cryptonewshub.delivery.headers import UPLOAD_POLICY
from cryptonewshub.delivery.letterbox.turnstile import Turnstile
from cryptonewshub.delivery.serving import (
    IMMUTABLE,
    Application,
    Front,
    Receive,
    Scope,
    Send,
    Shelf,
    log_shelves,
    uploads,
)

_CLIENT = CLIENT.lower().encode()
STAFF = ("/readyz", "/admin/", "/search/", LIVE)


def newsroom_application() -> Application:
    """The application. Django must be set up."""
    home = settings.CNH_HOME
    return behind_readers(
        Front(
            shelves=(
                Shelf("/static/", catalogue=editor_files(), cache_control=b"public, max-age=3600"),
                Shelf("/assets/", home.site / "assets", cache_control=IMMUTABLE),
                Shelf("/media/", home.site / "media", cache_control=IMMUTABLE),
                Shelf("/sources/", home.site / "sources", headers=UPLOAD_POLICY),
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
    )


def behind_readers(application: Application) -> Application:
    """Believes who asks as the server in front says it: nobody else reaches the socket."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        client = next((value for name, value in scope.get("headers", ()) if name == _CLIENT), b"")
        if client:
            scope = {**scope, "client": (client.decode("ascii", "replace"), 0)}
        await application(scope, receive, send)

    return asked


def editor_files() -> dict[str, Path]:
    """The style and script files of the editor, by the address at which Wagtail's pages ask for them."""
    return {
        name: Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=None)
    }
