"""Founding a newsroom in an empty database: tables, the front page, the groups, the first editor."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Page, Site

from cryptonewshub.accuracy.house_policy import adopt_default
from cryptonewshub.articles.models import FrontPage, Newsroom
from cryptonewshub.cli.groups import found_groups, found_workflow
from cryptonewshub.cli.progress import Step
from cryptonewshub.comments.models import CommentPolicy
from cryptonewshub.config.home import Home
from cryptonewshub.languages.wording import wording

EDITOR = "editor"


def migrate() -> None:
    """Brings the tables to this version's shape, with progress. A database that is there already costs one look."""
    plan = _plan()
    if not plan:
        return
    done = 0
    with Step("Setting up the database") as step:

        def progress(action: str, *details: Any, **more: Any) -> None:
            nonlocal done
            if action.endswith("_success"):
                done += 1
                step.at(done, len(plan))

        executor = MigrationExecutor(connection, progress)
        executor.migrate(executor.loader.graph.leaf_nodes())
        _finish_migrations()


def _plan() -> list[object]:
    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _finish_migrations() -> None:
    """Content types and permissions, which Django makes after migrations."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


@transaction.atomic
def found_newsroom(home: Home) -> None:
    """The front page, the site's address, the groups with their workflow, the policy, the first editor.

    What is there already is left as it is.
    """
    if not Newsroom.objects.exists():
        _word_the_newsroom()
    if not FrontPage.objects.exists():
        _lay_the_front()
    found_groups()
    found_workflow()
    _adopt_the_first_policy()
    if not get_user_model().objects.filter(is_superuser=True).exists():
        _let_the_first_editor_in(home)


def login_of(home: Home) -> tuple[str, str] | None:
    """The first editor's name and generated password, while both still hold."""
    file = home.keys / "first-login"
    if not file.exists():
        return None
    password = file.read_text(encoding="ascii").strip()
    editor = get_user_model().objects.filter(username=EDITOR).first()
    return (EDITOR, password) if editor and editor.check_password(password) else None


def _word_the_newsroom() -> None:
    """What the newsroom says of itself at first, in its language; its editors change it."""
    say = wording(settings.CNH_LANGUAGE).say
    newsroom = Newsroom.load()
    newsroom.promise = say("Accurate, ad-free coverage of global politics and security")
    newsroom.staff_byline = say("%(newsroom)s Staff", newsroom=newsroom.name)
    newsroom.rights = say("All rights reserved.")
    newsroom.save()
    rules = CommentPolicy.load()
    rules.house_rules = say(
        "Write about the story. Be fair to people, also to those you disagree with. No advertisements."
    )
    rules.save()


def _adopt_the_first_policy() -> None:
    why = wording(settings.CNH_LANGUAGE).say("The newsroom’s first policy.")
    adopt_default(why=why, now=timezone.now())


def _lay_the_front() -> None:
    """The front page takes the place of the page that Wagtail's own set-up leaves at the root."""
    root = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).first()
    front = FrontPage(title=Newsroom.load().name, slug="front")
    root.add_child(instance=front)
    host, _, port = settings.CNH_BASE_URL.partition("://")[2].partition(":")
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": front, "hostname": host, "port": int(port or 80)}
    )
    if welcome is not None:
        welcome.delete()


def _let_the_first_editor_in(home: Home) -> None:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    get_user_model().objects.create_superuser(EDITOR, email="", password=password)
    file = home.keys / "first-login"
    file.touch(mode=0o600)
    file.write_text(password + "\n", encoding="ascii")
