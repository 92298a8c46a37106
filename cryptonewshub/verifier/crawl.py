"""What the log commits to, and the pages of the site: each is what was sealed last, or its removal is in the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import unescape
from urllib.parse import unquote, urlsplit

from cryptonewshub.verifier.canonical import read_canonical
from cryptonewshub.verifier.memory import Seen
from cryptonewshub.verifier.page import Reading, read_page, read_shown
from cryptonewshub.verifier.places import GoneError, Place, UnreachableError
from cryptonewshub.verifier.projection import Sealed, differences
from cryptonewshub.verifier.sealed import collapsed
from cryptonewshub.verifier.story import WORDS, Report, read_theme
from cryptonewshub.verifier.theme import Theme

_SITEMAP = "/sitemap.xml"
_LOCATION = re.compile(r"<loc>\s*([^<]+?)\s*</loc>")
_PROOF = re.compile(rb"/log/proof/(\d{1,18})\.tlog-proof")
_MOST_MAPS = 1000
# What reading a file of a wrong shape may raise, however it was made.
_ODD = (ValueError, TypeError, AttributeError, LookupError, RecursionError)


class Crawl:
    """One look at documents and pages. What lags behind an entry of `since` or later, up to `until`, is only late."""

    def __init__(self, place: Place, seen: Seen, report: Report, since: str, until: str) -> None:
        self._place, self._seen, self._report, self._late_times = place, seen, report, (since, until)
        self._sealed: dict[str, Sealed | None] = {}
        self._wrong = 0
        self._late = 0

    def look(self, limit: int | None) -> None:
        """Documents first, since pages are held against them."""
        seen = self._seen
        newest = sorted(seen.newest, key=lambda article: (seen.times[article], article), reverse=True)
        wanted = list(seen.documents)
        if limit is not None:
            first_new = seen.size - int(self._report.facts["new"])
            new = [name for name, (_, index, _) in seen.documents.items() if int(index) >= first_new]
            wanted = list(dict.fromkeys([*new, *(seen.newest[article] for article in newest[:limit])]))
        self._look_at_documents(wanted)
        self._remember_paths()
        self._look_at_pages([seen.paths[article] for article in newest if article in seen.paths], limit)
        if self._late:
            self._report.add(None, f"{self._late} files are a few minutes behind the log. The next run looks again.")

    def _fault(self, is_late: bool, sentence: str) -> None:
        """What came into the log a moment ago may not be on the pages yet."""
        if is_late:
            self._late += 1
        else:
            self._wrong += 1
            self._report.add(False, collapsed(sentence))

    def _is_late(self, article: str) -> bool:
        since, until = self._late_times
        return since <= self._seen.times.get(article, "") <= until

    def _look_at_documents(self, names: Iterable[str]) -> None:
        kept = removed = 0
        for name in names:
            article, index, version = self._seen.documents[name]
            by = self._seen.withdrawn.get(name)
            try:
                data = self._place.read(f"/log/content/{name}")
            except UnreachableError:
                raise
            except OSError as error:
                removed += 1
                if by is None:
                    gone = "was removed" if isinstance(error, GoneError) else "is missing"
                    self._fault(
                        False, f"The document of entry {index} (/log/content/{name}) {gone}; no withdrawal says so."
                    )
                continue
            kept += 1
            if by is not None:
                self._fault(
                    self._is_late(str(article)), f"Entry {by} withdrew entry {index}, whose document is still there."
                )
            elif sha256(data).hexdigest() != name:
                self._fault(False, f"The document of entry {index} (/log/content/{name}) was changed.")
            else:
                self._keep(name, data, str(article), str(index), version)
        if not self._wrong:
            self._report.add(
                True, f"{kept} sealed documents are as they were logged; {removed} more were withdrawn by the log."
            )

    def _keep(self, name: str, data: bytes, article: str, index: str, version: str | int) -> None:
        """Whether the document is of the article and version of its entry; then the pages are held against it."""
        self._sealed[name] = None
        try:
            content = read_canonical(data, f"document of entry {index}")
            sealed = Sealed.of(content)
            if content["article"] != article or (version and content["version"] != version):
                raise ValueError("It is of another article or version.")
            str.startswith(content["path"], "/")
        except _ODD as error:
            self._fault(False, f"The document of entry {index} (/log/content/{name}) is no edition: {error}")
            return
        self._sealed[name] = sealed

    def _edition(self, name: str) -> Sealed | None:
        """A document that a page names; one that was not looked at yet is read now."""
        if name not in self._sealed and name in self._seen.documents and name not in self._seen.withdrawn:
            self._look_at_one(name)
        return self._sealed.get(name)

    def _look_at_one(self, name: str) -> None:
        article, index, version = self._seen.documents[name]
        self._sealed[name] = None
        try:
            data = self._place.read(f"/log/content/{name}")
        except UnreachableError:
            raise
        except OSError:
            return
        if sha256(data).hexdigest() == name:
            self._keep(name, data, str(article), str(index), version)

    def _remember_paths(self) -> None:
        for article, name in self._seen.newest.items():
            sealed = self._sealed.get(name)
            if sealed is not None:
                self._seen.paths[article] = sealed.content["path"]

    def _look_at_pages(self, of_stories: list[str], limit: int | None) -> None:
        theme = read_theme(self._place, self._report)
        self._compare_words(str(self._report.facts.get("words", "")))
        before = self._wrong
        owners = {path: article for article, path in self._seen.paths.items()}
        addresses = list(dict.fromkeys([*of_stories, *self._listed()]))[:limit]
        for address in addresses:
            article = owners.get(address, "")
            shows: set[str] = {article}
            for sentence in self._page(address, article, theme, shows):
                self._fault(any(map(self._is_late, shows)), f"{address}: {sentence}")
        if self._wrong == before:
            told = "pages say what their newest editions say, or were withdrawn by the log."
            self._report.add(True, f"{len(addresses)} {told}")

    def _compare_words(self, words: str) -> None:
        """Another list is no fault: a section may be new, or the software. But nobody signs it, so it is told."""
        if self._seen.words not in ("", words):
            self._report.add(None, f"{WORDS}, the site’s list of its own words, has changed since the last run.")
        self._seen.words = words or self._seen.words

    def _page(self, address: str, article: str, theme: Theme | None, shows: set[str]) -> Iterator[str]:
        """What is wrong with a page. `shows` takes the articles that are on it."""
        try:
            page = self._place.read(address)
            reading = read_shown(read_page(page.decode()))
            shows |= {scope.article for scope in reading.scopes}
            editions = {s.content: found for s in reading.scopes if (found := self._edition(s.content))}
            yield from differences(reading, editions, theme)
        except UnreachableError:
            raise
        except GoneError as gone:
            yield from self._notice(gone, article)
            return
        except OSError as error:
            yield f"The page is not there. {error}"
            return
        except _ODD as error:
            yield f"The page cannot be read. {error}"
            return
        yield from self._scopes(reading, address, article)

    def _notice(self, gone: GoneError, article: str) -> Iterator[str]:
        """A page that is gone names the entry that withdrew it."""
        named = {self._seen.withdrawals.get(index.decode()) for index in _PROOF.findall(gone.notice)} - {None}
        newest = self._seen.newest.get(article, "")
        if not (newest in self._seen.withdrawn if article else named):
            yield "It was withdrawn (410), and no withdrawal in the log says so."

    def _scopes(self, reading: Reading, address: str, article: str) -> Iterator[str]:
        """The editions that the page names are in the log, and a story's own page shows its newest one."""
        seen = self._seen
        for scope in reading.scopes:
            logged = seen.documents.get(scope.content)
            if logged is None:
                yield f"Version {scope.version} (entry {scope.entry or 'none'}): that edition is not in the log."
            elif scope.content in seen.withdrawn:
                yield f"It shows version {scope.version}, which entry {seen.withdrawn[scope.content]} withdrew."
            elif (scope.article, scope.version, scope.entry) != (logged[0], str(logged[2]), str(logged[1])):
                yield f"It names entry {scope.entry or 'none'} for what is entry {logged[1]} of the log."
        whole = [scope for scope in reading.whole if scope.article == article]
        if article and not whole:
            yield "It does not show the story whose address this is."
        for scope in whole:
            if scope.content != seen.newest[article]:
                yield f"It shows version {scope.version}; the newest one in the log is {seen.versions[article]}."

    def _listed(self) -> Iterator[str]:
        """The pages of the sitemap, and of the sitemaps that it lists."""
        waiting, known = [_SITEMAP], {_SITEMAP}
        while waiting and len(known) < _MOST_MAPS:
            try:
                found = _LOCATION.findall(self._place.read(waiting.pop(0)).decode())
            except UnreachableError:
                raise
            except (OSError, UnicodeDecodeError) as error:
                self._fault(False, f"A sitemap cannot be read. {error}")
                continue
            for path in (unquote(urlsplit(unescape(location)).path) for location in found):
                if path.endswith(".xml") and path not in known:
                    known.add(path)
                    waiting.append(path)
                elif path.endswith("/"):
                    yield path
