"""Every kind of page before the Nu HTML checker, which is the one that the W3C uses."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cryptonewshub.languages.wording import languages
from tests.reader import test_pages
from tests.reader.cast import LOGGED_SITE, SITE
from tests.reader.test_pages import EVERY_PAGE

CHECKERS = sorted((Path(__file__).parents[2] / ".venv" / "checkers").glob("vnu-*.jar"))
JAVA = shutil.which("java")


@pytest.mark.skipif(
    not (CHECKERS and JAVA), reason="There is no HTML checker or no Java; tests/install.sh fetches them."
)
def test_every_kind_of_page_is_valid_html_in_every_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert JAVA
    for language in languages():
        monkeypatch.setattr(test_pages, "SITE", replace(SITE, language=language))
        monkeypatch.setattr(test_pages, "LOGGED_SITE", replace(LOGGED_SITE, language=language))
        for name, make in EVERY_PAGE.items():
            (tmp_path / f"{language}-{name.replace(' ', '-')}.html").write_text(make(), encoding="utf-8")
    checked = subprocess.run(
        [JAVA, "-Xss4m", "-jar", str(CHECKERS[-1]), "--format", "json", "--stdout", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = [
        f"{m['url'].rsplit('/', 1)[-1]}: {m['message']} {m.get('extract', '')}"
        for m in json.loads(checked.stdout)["messages"]
        if m["type"] == "error"
    ]
    assert found == []
