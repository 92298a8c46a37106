"""Signature Version 4 of a request to an S3-compatible store.

Source: Amazon S3 API Reference, 'Signature Calculations for the Authorization Header: Transferring Payload in a Single
Chunk'. Its examples are the tests.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

_ALGORITHM = "AWS4-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may write to the store. `region` is part of each signature; stores of one's own take any."""

    key_id: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def quoted(path: str) -> str:
    """A key as it stands in an address: everything but letters, digits, '-._~' and '/' is escaped."""
    return quote(path, safe="/-._~")


def query_string(parameters: Mapping[str, str]) -> str:
    """Parameters in the order in which they are signed."""
    return "&".join(
        f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}" for name, value in sorted(parameters.items())
    )


def signed_headers(
    method: str, path: str, query: str, headers: Mapping[str, str], body: bytes, who: Credentials, now: datetime
) -> dict[str, str]:
    """The headers, and those that sign them. `path` and `query` are as sent, `headers` have the host, `now` is UTC."""
    moment = f"{now:%Y%m%dT%H%M%SZ}"
    digest = hashlib.sha256(body).hexdigest()
    whole = {**headers, "x-amz-content-sha256": digest, "x-amz-date": moment}
    plain = sorted((name.lower(), " ".join(value.split())) for name, value in whole.items())
    names = ";".join(name for name, _ in plain)
    lines = "".join(f"{name}:{value}\n" for name, value in plain)
    canonical = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{digest}"
    scope = f"{now:%Y%m%d}/{who.region}/s3/aws4_request"
    to_sign = f"{_ALGORITHM}\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(_key(who, scope), to_sign.encode(), hashlib.sha256).hexdigest()
    whole["Authorization"] = f"{_ALGORITHM} Credential={who.key_id}/{scope},SignedHeaders={names},Signature={signature}"
    return whole


def _key(who: Credentials, scope: str) -> bytes:
    key = f"AWS4{who.secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key
