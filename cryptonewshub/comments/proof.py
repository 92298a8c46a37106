"""Proof of work: a browser does a sum of a second or so before its comment is taken, which a flood cannot afford.

The challenges are those of ALTCHA, version 1 (SHA-256): no service, no picture, nothing to solve for a person. A sum
counts once.
"""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import datetime, timedelta

from altcha.v1 import ChallengeOptions, Payload, create_challenge, verify_solution
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from cryptonewshub.comments.models import SpentProof

LARGEST_NUMBER = 60_000
MINUTES = 60
QUICKEST_SECONDS = 3


def new_challenge(now: datetime) -> dict[str, object]:
    """What the browser gets: find the number between 0 and `maxNumber` that gives `challenge`."""
    options = ChallengeOptions(
        max_number=LARGEST_NUMBER,
        hmac_key=_key(),
        expires=now + timedelta(minutes=MINUTES),
        params={"at": str(int(now.timestamp()))},
    )
    return dict(create_challenge(options).to_dict())


def spend(solution: str, now: datetime) -> datetime | None:
    """When the challenge was given out, if the solution is right, in time and new; else None."""
    payload = _read(solution)
    if payload is None or not verify_solution(payload, _key(), check_expires=False)[0]:
        return None
    _, expires, params = payload.parse_salt()
    if expires is None or now.timestamp() > expires:
        return None
    try:
        with transaction.atomic():
            SpentProof.objects.create(challenge=payload.challenge, made=now)
    except IntegrityError:
        return None
    return datetime.fromtimestamp(int(params["at"][0]), tz=now.tzinfo)


def _read(solution: str) -> Payload | None:
    if not solution or len(solution) > 1_000:
        return None
    try:
        payload = Payload.from_dict(json.loads(b64decode(solution, validate=True)))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    fields = (payload.challenge, payload.salt, payload.signature)
    is_typed = all(isinstance(field, str) for field in fields) and isinstance(payload.number, int)
    return payload if is_typed and payload.algorithm == "SHA-256" else None


def _key() -> str:
    return salted_hmac("cryptonewshub.comments.proof", settings.SECRET_KEY, algorithm="sha256").hexdigest()
