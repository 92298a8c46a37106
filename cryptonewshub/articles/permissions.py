"""What anybody may do with a page of ours, beside what Wagtail's rights say."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class PublicPagePermissions(PagePermissionTester):
    """Nothing is private: what is published is a file for everybody. And only where pages can be is there a menu."""

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return bool(self.page.specific_class.subpage_types) and bool(super().can_reorder_children())
