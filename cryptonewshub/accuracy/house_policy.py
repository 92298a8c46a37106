"""The newsroom's house policy: which version holds, what its public document says, and how the next one is adopted.

Every version is kept. A newsroom that has adopted none works under the default, `quotations/house_policy.json`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import rfc8785
from django.db import transaction
from django.dispatch import Signal

from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.accuracy.rights import name_of
from cryptonewshub.articles.turns import take_turn
from cryptonewshub.quotations.policy import HOUSE_FILE, HOUSE_POLICY, Policy, policy_from, rules_of

FORMAT = 1

policy_adopted = Signal()
"""Sent with `policy`, the HousePolicy row, inside the transaction. Slow or outward work waits for the commit."""


def current_policy() -> Policy:
    """The policy that every check in the newsroom is made under now."""
    row = HousePolicy.objects.first()
    return read_document(row.document) if row else HOUSE_POLICY


def current_policy_document() -> bytes:
    """The public document of the current policy: RFC 8785 JSON, whose SHA-256 is the policy's digest.

    A newsroom that has adopted none has the default's file, byte for byte.
    """
    row = HousePolicy.objects.first()
    return row.document.encode() if row else HOUSE_FILE.read_bytes()


@lru_cache(maxsize=64)
def read_document(document: str) -> Policy:
    """The policy that a public document holds."""
    said = json.loads(document)
    rules = said["rules"] | {"name": said["name"], "version": said["version"]}
    return policy_from(rules, digest=hashlib.sha256(document.encode()).hexdigest())


@transaction.atomic
def adopt_policy(policy: Policy, *, why: str, now: datetime, user: Any = None) -> HousePolicy:
    """Makes these rules the house policy: a new version, or the one that holds when they are its rules already.

    The policy's own version and digest are not looked at. Raises ValueError, with a sentence, for no reason why.
    """
    take_turn("house policy")
    last = HousePolicy.objects.first()
    if last and _same_rules(read_document(last.document), policy):
        return last
    if not why.strip():
        raise ValueError("Say why the policy changes: readers are told.")
    version = last.version + 1 if last else 1
    data = _document(policy, version=version, why=why.strip(), adopted=now)
    row = HousePolicy.objects.create(
        version=version,
        document=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        why=why.strip(),
        adopted=now,
        adopted_by=user,
        name=name_of(user),
    )
    policy_adopted.send(sender=HousePolicy, policy=row)
    return row


def adopt_default(*, now: datetime, why: str = "The newsroom’s first policy.") -> HousePolicy:
    """The first version of a new newsroom; in one that has a policy, the policy that it has."""
    return HousePolicy.objects.first() or adopt_policy(HOUSE_POLICY, why=why, now=now)


def _same_rules(one: Policy, other: Policy) -> bool:
    return replace(one, version=0, digest="") == replace(other, version=0, digest="")


def _document(policy: Policy, *, version: int, why: str, adopted: datetime) -> bytes:
    rules: dict[str, Any] = {key: rule for key, rule in rules_of(policy).items() if key not in ("name", "version")}
    moment = adopted.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said: Any = {"v": FORMAT, "name": policy.name, "version": version, "adopted": moment, "why": why, "rules": rules}
    return rfc8785.dumps(said)
