"""What is wrong with a story file, in one sentence that names the place and what to do."""

from __future__ import annotations

from pathlib import Path


class StoryError(ValueError):
    """A story that cannot be used; `str()` is the sentence. `line` counts from 1, None where none is at fault."""

    def __init__(self, sentence: str, *, path: Path, line: int | None = None) -> None:
        self.sentence, self.path, self.line = sentence, path, line
        place = str(path) if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {sentence}")
