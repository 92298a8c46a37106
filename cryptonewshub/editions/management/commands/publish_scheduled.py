"""Takes the place of Wagtail's command of the same name, which stops at the first article that the desk holds back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cryptonewshub.editions.scheduling import publish_due


class Command(BaseCommand):
    help = "Publishes what is due. What the desk does not clear is held back, and named here."

    def handle(self, *args: Any, **options: Any) -> None:
        for outcome in publish_due():
            self.stdout.write(f"{outcome.page.title}: {outcome.held_because or 'published'}")
