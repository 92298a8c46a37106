"""The house policy: the version that holds, every earlier one, and their files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cryptonewshub.accuracy.house_policy import read_document
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.delivery.kinds import PageKind
from cryptonewshub.reader.accuracy_policy import (
    ADDRESS,
    PolicyVersion,
    document_address,
    policy_page,
    version_address,
)
from cryptonewshub.reader.site import Site


def newest_page(site: Site) -> str | None:
    versions = _versions()
    return policy_page(site, versions[0], versions) if versions else None


def version_page(site: Site, number: str) -> str | None:
    versions = _versions()
    shown = next((version for version in versions if version.policy.version == int(number)), None)
    return policy_page(site, shown, versions) if shown else None


def document(site: Site, number: str) -> bytes | None:
    row = HousePolicy.objects.filter(version=int(number)).first()
    return row.document.encode() if row else None


def addresses() -> list[str]:
    """Every address that a new version touches: the earlier ones list it."""
    return [*_newest(), *_of_versions(), *_documents()]


def _versions() -> list[PolicyVersion]:
    return [PolicyVersion(read_document(row.document), row.adopted, row.why) for row in HousePolicy.objects.all()]


def _numbers() -> list[int]:
    return list(HousePolicy.objects.values_list("version", flat=True))


def _newest() -> Iterator[str]:
    if _numbers():
        yield ADDRESS


def _of_versions() -> Iterator[str]:
    yield from map(version_address, _numbers())


def _documents() -> Iterator[str]:
    yield from map(document_address, _numbers())


_NUMBER = "(?P<number>[1-9][0-9]{0,5})"
KINDS = (
    PageKind(re.compile(ADDRESS), newest_page, _newest),
    PageKind(re.compile(f"{ADDRESS}{_NUMBER}/"), version_page, _of_versions),
    PageKind(re.compile(rf"{ADDRESS}{_NUMBER}\.json"), document, _documents),
)
