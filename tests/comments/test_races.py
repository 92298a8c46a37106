"""Many people at once on a real database file: two hundred decisions and edits of one comment give one history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Runs in a process of its own, because the tests' database lives in memory and knows no second writer.
RACE = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.apps import apps
from wagtail.models import Locale, Page
if connection.vendor == "sqlite":
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    Locale.objects.get_or_create(language_code="en-gb")
root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
from cryptonewshub.articles.models import ArticlePage
article = root.add_child(instance=ArticlePage(title="A story", slug="a-story", live=False))
from cryptonewshub.comments.deciding import NotDecided, POLICY, Who, add_note, decide, record
from cryptonewshub.comments.limits import Refused
from cryptonewshub.comments.models import Act, Comment, Decision, State
from cryptonewshub.comments.writing import edit
now = datetime(2026, 11, 20, 12, tzinfo=UTC)
comment = Comment(article=article, version=1, name="Edda", body="Words.", made=now)
record(comment, Act.RECEIVE, after=State.WAITING, who=POLICY, now=now)
acts = [
    lambda turn: edit(comment, f"Words of turn {turn}.", now=now + timedelta(minutes=1)),
    lambda turn: decide(comment.pk, Act.APPROVE, who=Who(f"moderator {turn}"), now=now),
    lambda turn: decide(comment.pk, Act.HIDE, who=Who(f"moderator {turn}"), now=now, reason="other"),
    lambda turn: decide(comment.pk, Act.HOLD, who=Who(f"moderator {turn}"), now=now),
    lambda turn: add_note(comment.pk, f"note {turn}", who=Who(f"moderator {turn}"), now=now),
]
def act(turn):
    try:
        acts[turn % len(acts)](turn)
    except (NotDecided, Refused):
        return False
    finally:
        connection.close()
    return True
with ThreadPoolExecutor(16) as pool:
    done = list(pool.map(act, range(200)))
comment.refresh_from_db()
lines = list(Decision.objects.order_by("number").values("number", "before", "after", "act"))
print(json.dumps({"done": sum(done), "lines": lines, "state": comment.state, "number": comment.number}))
"""


def two_hundred_at_once(environment: dict[str, str]) -> dict[str, Any]:
    """What came of them in the newsroom of this environment."""
    done = subprocess.run(
        [sys.executable, "-c", RACE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def require_one_history(found: dict[str, Any]) -> None:
    """Whatever was acknowledged is in it, once, and the comment stands where the last line left it."""
    lines = found["lines"]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) == found["number"] == found["done"] + 1
    assert all(later["before"] == earlier["after"] for earlier, later in pairwise(lines))
    assert lines[-1]["after"] == found["state"]
    assert len({line["act"] for line in lines}) >= 4


@pytest.mark.service
def test_two_hundred_decisions_and_edits_at_once_give_one_history(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "db.sqlite3").touch()  # only “cnh init” makes one
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("CNH_", "DJANGO_", "PYTEST"))}
    environment = {"CNH_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings"}
    require_one_history(two_hundred_at_once({**plain, **environment}))
