"""What every page knows of its newsroom: name, promise, address, zone and sections. Values only, from the settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptonewshub.articles.document import Named
from cryptonewshub.languages.wording import Wording, wording
from cryptonewshub.reader.logged import Entries


@dataclass(frozen=True, slots=True)
class Site:
    """The newsroom as a page shows it.

    `base_url` is 'https://news.example.org', `zone` an IANA name such as 'Europe/Oslo', `language` a BCP 47 tag for the
    site's own words, `staff_byline` what stands for the bare byline 'Staff'. `policies` are the last parts of the
    addresses of the policy pages that there are; `hub` a WebSub hub, '' for none; `security_contact` an address;
    `entries` says where each edition is in the log.
    """

    name: str
    promise: str
    base_url: str
    zone: str
    language: str
    staff_byline: str
    rights: str = "All rights reserved."
    sections: tuple[Named, ...] = ()
    policies: tuple[str, ...] = ()
    hub: str = ""
    security_contact: str = ""
    entries: Entries = field(default_factory=dict, compare=False)

    @property
    def words(self) -> Wording:
        """The site's own words, in its language."""
        return wording(self.language)

    def absolute(self, path: str) -> str:
        """The whole address of a path of this site, which starts with a slash."""
        return self.base_url.rstrip("/") + path
