"""Taking turns: whoever counts rows and then writes one must be alone with them, or two of them count the same.

SQLite has one writer at a time, from the beginning of its transaction to the end, so there nothing need be asked.
"""

from __future__ import annotations

from hashlib import blake2b

from django.db import connection


def take_turn(at: str) -> None:
    """Waits until nobody else has the turn at this, such as 'house policy'; it is ours until the transaction ends.

    Call it in the transaction, before the rows are read.
    """
    if connection.vendor == "postgresql":
        number = int.from_bytes(blake2b(at.encode(), digest_size=8).digest(), signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
