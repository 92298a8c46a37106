"""One newsroom for the tests of web servers: founded, with a story, a picture, and a story that was withdrawn."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import correction_fields, write_story
from tests.deploy.newsroom import Served, free_port, start_serving
from tests.faults.newsroom import FaultyNewsroom, Stage


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a newsroom whose pages are baked; nothing serves it."""
    folder = tmp_path_factory.mktemp("deploy")
    folder.chmod(0o755)
    stage = Stage(folder)
    newsroom = FaultyNewsroom(stage, folder)
    first, again = folder / "desk", folder / "desk-again"
    for desk in (first, again):
        (desk / "stories").mkdir(parents=True)
        Image.linear_gradient("L").resize((700, 500)).save(desk / "stories" / "quay.png")
    picture = "![A grey sea](quay.png)"
    correction = correction_fields()
    for words in (
        ("init",),
        ("publish", str(write_story(first, slug="second", more="The second ship sails in May."))),
        ("publish", str(write_story(first, slug="quay", more=picture))),
        ("publish", str(write_story(again, slug="quay", more=f"{picture}\n\nIt sails.", change=correction))),
        ("withdraw", "/security/second/", "--basis", "privacy", "--yes"),
    ):
        done = newsroom.run(*words)
        assert done.status == 0, done.said
    stage.close()
    return newsroom.home


@pytest.fixture(scope="session")
def embedded(founded: Path) -> Iterator[Served]:
    """The newsroom served by itself."""
    served = Served(free_port(), founded)
    process = start_serving(founded, served.port)
    yield served
    process.send_signal(signal.SIGTERM)
    assert process.wait(90) == 0
