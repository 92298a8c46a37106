"""The addresses that the readers' server hands on are those that the editors' process answers."""

from __future__ import annotations

from cryptonewshub.config.asgi import STAFF
from cryptonewshub.delivery.reading_room import DYNAMIC


def test_what_is_handed_on_is_what_is_answered() -> None:
    assert set(STAFF) <= set(DYNAMIC)
    assert set(DYNAMIC) - set(STAFF) == {"/static/", "/uploads/"}
