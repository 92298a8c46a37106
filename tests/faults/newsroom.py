"""A newsroom of the fault experiments: a real one in a folder, whose commands run in processes that can be killed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cast import write_story

ROOT = Path(__file__).resolve().parents[2]


class Stage:
    """The program that forks the newsroom's commands, all of them with these settings."""

    def __init__(self, folder: Path, **settings: str) -> None:
        env = {**os.environ, "CNH_HOME": str(folder / "none"), "CNH_BASE_URL": "https://news.example.org", **settings}
        env.pop("DJANGO_SETTINGS_MODULE", None)
        self._program = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.faults.stage"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=env,
        )
        assert self._program.stdout is not None
        assert self._program.stdout.readline() == "ready\n"

    def ask(self, **order: object) -> int:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(order) + "\n")
        self._program.stdin.flush()
        return int(self._program.stdout.readline())

    def close(self) -> None:
        assert self._program.stdin is not None
        with self._program:
            self._program.stdin.close()


@dataclass(frozen=True)
class Running:
    """A command that was started."""

    stage: Stage
    number: int
    out: Path

    def wait(self) -> Done:
        status = self.stage.ask(wait=self.number)
        return Done(status, self.out.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Done:
    """How a command ended: its status, negative when a signal killed it, and what it said."""

    status: int
    said: str

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody was told that a story is published."""
        return self.status == 0 and self.said.startswith(("Published", "Nothing changed"))


@dataclass
class FaultyNewsroom:
    """A newsroom in `folder/home`, and what an observer has seen of it."""

    stage: Stage
    folder: Path
    checkpoints: list[bytes] = field(default_factory=list)
    acknowledged: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def size(self) -> int:
        """How many entries readers are told that the log has."""
        return int((self.log / "checkpoint").read_text(encoding="utf-8").split("\n")[1])

    def start(self, *words: str, env: Mapping[str, str] | None = None, stopped: bool = False) -> Running:
        """Starts a command; a stopped one waits for SIGCONT before it does anything."""
        self._count += 1
        out = self.folder / f"out.{self._count}"
        number = self.stage.ask(home=str(self.home), words=words, env=dict(env or {}), out=str(out), stopped=stopped)
        return Running(self.stage, number, out)

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> Done:
        done = self.start(*words, env=env).wait()
        self.observe()
        return done

    def story(self, words: str, slug: str = "ferry-runs-again") -> Path:
        """A story file that says these words, which no other version of it says."""
        return write_story(self.folder / "desk", more=words, slug=slug, change="change: update")

    def publish(self, words: str, slug: str = "ferry-runs-again", env: Mapping[str, str] | None = None) -> Done:
        """Publishes, and remembers what was acknowledged."""
        done = self.run("publish", str(self.story(words, slug)), env=env)
        if done.is_acknowledged:
            self.acknowledged[slug] = words
        return done

    def crash_at(self, point: str) -> dict[str, str]:
        """The environment in which a command kills itself there."""
        return {"CNH_CRASH_AT": f"{point} {self.home}"}

    def observe(self) -> None:
        """What a monitor would keep: every checkpoint that was ever served."""
        if (self.log / "checkpoint").exists():
            seen = (self.log / "checkpoint").read_bytes()
            if seen not in self.checkpoints:
                self.checkpoints.append(seen)

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self.home / "db.sqlite3")
        try:
            yield database
        finally:
            database.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.database() as database:
            return database.execute(query).fetchall()


def copied(template: FaultyNewsroom, folder: Path) -> FaultyNewsroom:
    """The template's newsroom in a folder of its own, the observer's memory included."""
    shutil.copytree(template.home, folder / "home")
    return FaultyNewsroom(template.stage, folder, list(template.checkpoints), dict(template.acknowledged))
