"""A newsroom whose rows are in PostgreSQL: its commands, programs of ours inside it, and a copy of it in a file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.faults.newsroom import ROOT, FaultyNewsroom, Running

_BEGIN = "import json, django\ndjango.setup()\n"
_BAKE_FROM_A_FILE = """
import sys
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from cryptonewshub.config.database import database_of
from cryptonewshub.delivery.baking import bake_all
settings.CNH_HOME.database.touch()
connections.settings["postgresql"] = {**connections.settings["default"], **database_of(sys.argv[1], None)}
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
with connection.constraint_checks_disabled():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "wagtailsearch":  # made otherwise for each kind of database
            rows, fields = model._base_manager.using("default"), model._meta.local_concrete_fields
            rows._raw_delete("default")
            for row in model._base_manager.using("postgresql"):
                rows._insert([row], fields=fields, using="default", raw=True)
connection.check_constraints()
print(json.dumps(len(bake_all())))
"""


@dataclass
class NewsroomOnPostgres(FaultyNewsroom):
    """What the fault experiments can do, with the tables at `url`."""

    url: str = ""

    def start(self, *words: str, env: Mapping[str, str] | None = None, stopped: bool = False) -> Running:
        return super().start(*words, env={"CNH_DATABASE_URL": self.url, **(env or {})}, stopped=stopped)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return list(connection.execute(query).fetchall())

    @property
    def environment(self) -> dict[str, str]:
        """For a process of its own."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("CNH_", "DJANGO_"))}
        return {
            **plain,
            "CNH_HOME": str(self.home),
            "CNH_BASE_URL": "https://news.example.org",
            "CNH_HOSTS": "news.example.org",
            "CNH_DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings",
        }

    def do(self, program: str, *arguments: str, env: Mapping[str, str] | None = None) -> Any:
        """Runs a program of ours inside the newsroom; what its last line says in JSON."""
        command = [sys.executable, "-W", "ignore", "-c", _BEGIN + program, *arguments]
        environment = {**self.environment, **(env or {})}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def bake_from_a_file(self, home: Path) -> None:
        """Another home of the same newsroom, with every row copied into a file, and all pages baked from it."""
        shutil.copytree(self.home, home, ignore=shutil.ignore_patterns("site"))
        assert self.do(_BAKE_FROM_A_FILE, self.url, env={"CNH_HOME": str(home), "CNH_DATABASE_URL": ""}) > 0
