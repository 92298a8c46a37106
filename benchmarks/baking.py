"""Everything baked: `python -m benchmarks.baking HOME…` for seeded newsrooms (`cnh seed`); give copies.

Each site is thrown away and baked whole by `cnh bake --all`, with one process and with as many as there are processors.
Pages are counted as Hugo counts them, each address once; a page's packed copies (three of them) come with it.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

HEADING = (
    "| newsroom | processes | pages | seconds | pages a second | a second of a processor |\n|---|---|---|---|---|---|"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("homes", nargs="+", type=Path, metavar="HOME")
    print(HEADING)
    for home in parser.parse_args().homes:
        for processes in sorted({1, os.cpu_count() or 1}):
            print(baked(home, processes), flush=True)


def baked(home: Path, processes: int) -> str:
    """A line of the table."""
    shutil.rmtree(home / "site")
    (home / "site").mkdir()
    command = [sys.executable, "-m", "cryptonewshub", "bake", "--all", "--processes", str(processes)]
    clock, worked = time.perf_counter(), _processor()
    subprocess.run(command, env={**os.environ, "CNH_HOME": str(home)}, check=True, capture_output=True)
    seconds, worked = time.perf_counter() - clock, _processor() - worked
    pages = len({line[65:] for line in (home / "site/.state/written").read_text("utf-8").splitlines()})
    return f"| {home.name} | {processes} | {pages:,} | {seconds:.0f} | {pages / seconds:.0f} | {pages / worked:.0f} |"


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
