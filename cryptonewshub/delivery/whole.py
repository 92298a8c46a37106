"""Baking everything: in parts, by several processes where there is much to do, going on where a killed run stood.

Nobody waits for it who publishes meanwhile. What was published since it began is not its business, except that it may
not write an older page over a newer one: see `baker.py`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import astuple, replace
from multiprocessing import get_context
from pathlib import Path

import cryptonewshub
from cryptonewshub.delivery import printing
from cryptonewshub.delivery.baker import bake_part, get_ready
from cryptonewshub.delivery.cursor import one_baker, state
from cryptonewshub.delivery.loaded import loaded_addresses, write_loaded
from cryptonewshub.delivery.packing import ENDINGS
from cryptonewshub.delivery.site_files import (
    address_of,
    files_beside,
    take_away,
    take_away_empty_folders,
)
from cryptonewshub.editions.models import LogEntry

Progress = Callable[[int, int], None]
_PART = 250
_FEW = 2_000
"""Pages for which it is not worth to start another process, which takes about two seconds."""


def write_everything(progress: Progress = lambda done, total: None, *, processes: int = 0) -> list[str]:
    """Writes every page of the site, and takes away files that belong to none; returns the addresses of both.

    `processes` is how many bake; 0 for as many as the machine can run, and this one alone for a small site.
    """
    addresses = sorted(dict.fromkeys(printing.every_address()))  # so, the pages of one story are neighbours
    parts = [addresses[start : start + _PART] for start in range(0, len(addresses), _PART)]
    record = Record(_name_of(addresses))
    waiting = [number for number in range(len(parts)) if number not in record.done]
    written, done = write_loaded(printing.current_site()), len(parts) - len(waiting)
    if not processes:
        processes = (os.cpu_count() or 1) if len(addresses) > _FEW else 1
    for number, some in _baked(parts, waiting, processes):
        record.add(number)
        written += some
        done += 1
        progress(min(done * _PART, len(addresses)), len(addresses))
    _take_away_others([*addresses, *loaded_addresses()])
    record.forget()
    return written


def _baked(parts: Sequence[Sequence[str]], waiting: Sequence[int], processes: int) -> Iterator[tuple[int, list[str]]]:
    if processes == 1:
        yield from ((number, bake_part(parts[number])) for number in waiting)
        return
    # Started anew and not forked: this process may have threads, and a connection to the database.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=get_ready) as bakers:
        try:
            baking = {bakers.submit(bake_part, parts[number]): number for number in waiting}
            for baked in as_completed(baking):
                yield baking[baked], baked.result()
        except BaseException:
            bakers.shutdown(cancel_futures=True)
            raise


def _take_away_others(addresses: Sequence[str]) -> None:
    """What is at none of the addresses goes, unless it has come since these were listed."""
    beside = files_beside(addresses)
    if beside:
        with one_baker():
            site = printing.current_site()
            for file in beside:
                page = file.with_suffix("") if file.suffix in ENDINGS else file
                if printing.page_at(address_of(page), site) is None:
                    take_away(file)
    take_away_empty_folders()


class Record:
    """Which parts of a run are done: a file with its name and a line for each. Another run begins anew."""

    def __init__(self, name: str) -> None:
        self._file = state() / "whole"
        lines = self._file.read_text(encoding="ascii").split("\n") if self._file.exists() else []
        is_same = lines[:1] == [name]
        self.done = {int(line) for line in lines[1:] if line.isdigit()} if is_same else set[int]()
        if not is_same:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(f"{name}\n", encoding="ascii")

    def add(self, part: int) -> None:
        with self._file.open("a", encoding="ascii") as lines:
            lines.write(f"{part}\n")

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)


def _name_of(addresses: Sequence[str]) -> str:
    """Another name when pages may have become others: by an entry in the log, the newsroom's settings, an update."""
    site = replace(printing.current_site(), entries={})
    told = (astuple(site), LogEntry.objects.next_index(), _newest_of_the_software(), *addresses)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _newest_of_the_software() -> float:
    package = Path(cryptonewshub.__file__).parent
    return max(file.stat().st_mtime for file in package.rglob("*") if file.suffix in (".py", ".html", ".xml", ".po"))
