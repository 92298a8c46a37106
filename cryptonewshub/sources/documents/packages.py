"""Office documents are zip files of XML: one part at a time is unpacked, counted, and read as a stream of elements.

Neither what an entry promises of its size nor how deeply its elements nest is believed.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Protocol
from xml.etree.ElementTree import ParseError

from cryptonewshub.sources.extracted import ExtractionError

MOST_ENTRIES = 10_000
MOST_BYTES = 50_000_000  # of a part, unpacked
MOST_RATIO = 200  # unpacked to packed, of a part above a megabyte
MOST_DEPTH = 200


class Package:
    """The parts of an office document by name. Raises ExtractionError where the file is no sound package."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.damaged() from None
        entries = self._zip.namelist()
        if len(entries) > MOST_ENTRIES or len(set(entries)) != len(entries):
            raise self.damaged()

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def damaged(self) -> ExtractionError:
        return ExtractionError(f"{self._name} is damaged, or not what its name says. Save it anew and add that.")

    def too_big(self) -> ExtractionError:
        return ExtractionError(f"{self._name} unpacks to far more than it seems to be; save the part that is quoted.")

    def read(self, part: str) -> bytes:
        """The bytes of a part, counted as they are unpacked."""
        packed = self._zip.getinfo(part).compress_size
        pieces, count = [], 0
        try:
            with self._zip.open(part) as file:
                while piece := file.read(65_536):
                    count += len(piece)
                    if count > MOST_BYTES or (count > 1_000_000 and count > MOST_RATIO * packed):
                        raise self.too_big()
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
            raise self.damaged() from None
        return b"".join(pieces)

    def parse(self, part: str, reader: PartReader) -> None:
        """Reads a part's XML from beginning to end, without keeping it. No DTD, so no entities and no other files."""
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser

        parser = DefusedXMLParser(target=_Shallow(reader, self._name), forbid_dtd=True)
        try:
            parser.feed(self.read(part))
            parser.close()
        except ExtractionError:
            raise
        except (ParseError, DefusedXmlException, LookupError, ValueError):
            raise self.damaged() from None


class PartReader(Protocol):
    """What takes the elements of a part, their names without namespaces."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, tag: str) -> None: ...


class _Shallow:
    """Passes elements on and stops where they nest without bound."""

    def __init__(self, reader: PartReader, name: str) -> None:
        self._reader = reader
        self._name = name
        self._depth = 0
        self.data = reader.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ExtractionError(f"{self._name} is nested too deeply; save the part that is quoted as text.")
        self._reader.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._reader.end(_local(tag))


def _local(name: str) -> str:
    return name.rpartition("}")[2]
