"""A newsroom's tables, out of its file and into the PostgreSQL that the settings name: all rows of all tables, or none.

Each value is read as its field reads it from the one database and written as it writes it to the other. Nothing of the
newsroom's own is asked: no save, no signal, no bake. What Wagtail finds pages by in the editor has other tables in each
kind of database, and is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from cryptonewshub.config.database import database_of

FILE = "file"
"""The name under which Django knows the database that is left."""
_AT_ONCE = 1000  # rows
_MADE_ANEW = "wagtailsearch"

Progress = Callable[[int, int], None]


class MoveError(Exception):
    """The tables were not moved, and nothing was changed. Its text is one sentence."""


def open_file(file: Path) -> None:
    """Lets Django read the database in a file, as `FILE`. Raises MoveError when it is of another version."""
    connections.settings[FILE] = {**connections.settings["default"], **database_of("", file)}
    executor = MigrationExecutor(connections[FILE])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveError(
            f"the tables in {file} have another version's shape; run “cnh init” without CNH_DATABASE_URL first."
        )


def is_taken() -> bool:
    """Whether the database of the settings has a newsroom of its own: somebody can log in there."""
    users = get_user_model()
    return users._meta.db_table in connection.introspection.table_names() and users.objects.exists()


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Inside, nobody else writes to the file; what was done in PostgreSQL is there at the end, or none of it."""
    with transaction.atomic(using=FILE), transaction.atomic():
        yield


def move_tables(progress: Progress) -> dict[str, int]:
    """How many rows each table has now. Raises MoveError, with the table, when a row cannot be written there."""
    tables = _tables()
    total = sum(model._base_manager.using(FILE).count() for model in tables)
    moved: dict[str, int] = {}
    _empty(tables)
    for model in tables:
        moved[model._meta.db_table] = 0
        for rows in _rows(model):
            _write(model, rows)
            moved[model._meta.db_table] += len(rows)
            progress(sum(moved.values()), total)
    connection.check_constraints()
    _number_on(tables)
    return moved


def make_the_rest() -> None:
    """What Wagtail finds pages by, and what PostgreSQL needs to know of tables that it has never seen."""
    call_command("wagtail_update_index", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _tables() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.managed and not model._meta.proxy and model._meta.app_label != _MADE_ANEW
    ]


def _empty(tables: list[type[Model]]) -> None:
    """What migrations have put there comes again from the file, under the numbers that rows know it by."""
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def _rows(model: type[Model]) -> Iterator[list[tuple[Any, ...]]]:
    names = [field.attname for field in model._meta.local_concrete_fields]
    found = model._base_manager.using(FILE).order_by("pk").values_list(*names).iterator(chunk_size=_AT_ONCE)
    while rows := list(islice(found, _AT_ONCE)):
        yield rows


def _write(model: type[Model], rows: list[tuple[Any, ...]]) -> None:
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    values = [
        [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)] for row in rows
    ]
    try:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - names of our own
                values,
            )
    except (DataError, IntegrityError, ValueError) as error:
        said = str(error).strip().split("\n")[0]
        raise MoveError(f"a row of the table {model._meta.db_table} cannot be written there: {said}.") from error


def _number_on(tables: list[type[Model]]) -> None:
    """New rows get the numbers after those that came."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
