"""One newsroom is made for all experiments of a worker; each experiment has a copy of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.newsroom import FaultyNewsroom, Stage, copied


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyNewsroom]:
    """A founded newsroom with one published story."""
    folder = tmp_path_factory.mktemp("faults")
    stage = Stage(folder)
    newsroom = FaultyNewsroom(stage, folder)
    made = newsroom.run("init")
    assert made.status == 0, made.said
    published = newsroom.publish("Fault words zero.")
    assert published.is_acknowledged, published.said
    yield newsroom
    stage.close()


@pytest.fixture
def newsroom(template: FaultyNewsroom, tmp_path: Path) -> FaultyNewsroom:
    return copied(template, tmp_path)


@pytest.fixture
def another(template: FaultyNewsroom, tmp_path: Path) -> Callable[[str], FaultyNewsroom]:
    """More copies, each by a name of its own."""
    return lambda name: copied(template, tmp_path / name)
