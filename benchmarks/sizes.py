"""What a newsroom costs at each size: `python -m benchmarks.sizes [--stories 1000 10000 100000] [--folder FOLDER]`.

A newsroom of each size is seeded (once: they stay in the folder, 3 GB for 100,000 stories), stories are published in
all of them by turns (`benchmarks/publishing.py`), and the sites are baked whole up to `--bake` stories
(`benchmarks/baking.py`). Writes `sizes.md`, a table with medians and ratios, and its plot `sizes.svg` into the folder.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import baking, publishing

CNH = [sys.executable, "-m", "cryptonewshub"]
_WIDTH, _HEIGHT, _LEFT, _FOOT = 640, 360, 70, 50
_INKS = {"story": "#0b6e6e", "all": "#5a5f69"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--bake", type=int, default=10_000, help="the largest newsroom that is baked whole")
    chosen = parser.parse_args()
    homes = {stories: (chosen.folder / f"{stories:,}").absolute() for stories in chosen.stories}
    seeded = [line for stories, home in homes.items() if (line := _seed(home, stories))]
    found = publishing.take_turns(list(homes.values()), chosen.rounds)
    baked = [
        baking.baked(home, processes)
        for stories, home in homes.items()
        if stories <= chosen.bake
        for processes in sorted({1, os.cpu_count() or 1})
    ]
    parts = [*seeded, publishing.report(found), _ratios(found, homes), "\n".join([baking.HEADING, *baked])]
    (chosen.folder / "sizes.md").write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    (chosen.folder / "sizes.svg").write_text(_plot(found, homes), encoding="utf-8")
    print((chosen.folder / "sizes.md").read_text(encoding="utf-8"))
    print(f"The table and its plot are in {chosen.folder}.")


def _seed(home: Path, stories: int) -> str:
    """Makes the newsroom, or what is missing of it; what that took, unless all of it was there."""
    if (home / "seeded").exists():
        return ""
    environment = {**os.environ, "CNH_HOME": str(home)}
    subprocess.run([*CNH, "init"], env=environment, check=True, capture_output=True)
    began = time.perf_counter()
    subprocess.run([*CNH, "seed", "--stories", str(stories)], env=environment, check=True)
    (home / "seeded").touch()
    return f"{stories:,} stories were seeded in {time.perf_counter() - began:.0f} s."


def _ratios(found: publishing.Found, homes: dict[int, Path]) -> str:
    """Each size against the smallest one, in medians."""
    smallest, *others = sorted(homes)
    lines = ["| | " + " | ".join(publishing.COLUMNS[:4]) + " |", "|---" * 5 + "|"]
    for act in ("new", "update"):
        for stories in others:
            pairs = [
                tuple(_half(found, act, homes[size], column) for size in (stories, smallest))
                for column in publishing.COLUMNS[:4]
            ]
            ratios = [f"{a / b:.2f}" if a and b else "" for a, b in pairs]
            what = "a new story" if act == "new" else "an update"
            lines.append(f"| {what}, {stories:,} against {smallest:,} | " + " | ".join(ratios) + " |")
    return "\n".join(lines) if others else ""


def _half(found: publishing.Found, act: str, home: Path, column: str) -> float:
    values = [row[column] for row in found[act, home.name] if column in row]
    return statistics.median(values) if values else 0


def _plot(found: publishing.Found, homes: dict[int, Path]) -> str:
    """Milliseconds of a new story against the number of stories, which is drawn by its logarithm."""
    sizes = sorted(homes)
    lines = {name: [_half(found, "new", homes[size], name) for size in sizes] for name in _INKS}
    top = max(max(values) for values in lines.values()) * 1.15
    drawn = [_line(name, sizes, values, top) for name, values in lines.items()]
    foot = [
        f'<text x="{_x(size, sizes):.0f}" y="{_HEIGHT - 20}" text-anchor="middle">{size:,} stories</text>'
        for size in sizes
    ]
    step = 10 ** math.floor(math.log10(top)) / 5
    marks = [
        f'<text x="{_LEFT - 10}" y="{_y(value, top) + 4:.0f}" text-anchor="end">{value:.0f} ms</text>'
        f'<path d="M{_LEFT} {_y(value, top):.0f}H{_WIDTH - 20}" stroke="#d8d6cf"/>'
        for value in [step * number for number in range(int(top // step) + 1)]
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12" fill="#16181d"><title>What publishing a new story takes</title>'
        f'<rect width="100%" height="100%" fill="#fbfaf7"/>{"".join([*marks, *foot, *drawn])}</svg>\n'
    )


def _line(name: str, sizes: Sequence[int], values: Sequence[float], top: float) -> str:
    points = [(_x(size, sizes), _y(value, top)) for size, value in zip(sizes, values, strict=True)]
    path = "L".join(f"{x:.0f} {y:.0f}" for x, y in points)
    label = {"story": "the story is on the site", "all": "every page that it touches is"}[name]
    return (
        f'<path d="M{path}" fill="none" stroke="{_INKS[name]}" stroke-width="2"/>'
        + "".join(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3.5" fill="{_INKS[name]}"/>' for x, y in points)
        + f'<text x="{points[0][0]:.0f}" y="{points[0][1] + 22:.0f}" fill="{_INKS[name]}">{label}</text>'
    )


def _x(size: int, sizes: Sequence[int]) -> float:
    first, last = math.log(sizes[0]), math.log(sizes[-1])
    part = (math.log(size) - first) / (last - first) if last > first else 0.5
    return _LEFT + 40 + part * (_WIDTH - _LEFT - 120)


def _y(value: float, top: float) -> float:
    return 20 + (1 - value / top) * (_HEIGHT - _FOOT - 20)


if __name__ == "__main__":
    main()
