"""Who may do what with a source: the rights that a group has, and for a confidential source, the source's own list."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from cryptonewshub.sources.models import Source


class SourcePermissions(ModelPermissionPolicy):
    """A right to change sources is no right to learn of the confidential ones of others."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Source) -> bool:
        return self.user_has_permission(user, action) and instance.may_be_seen_by(user)

    def user_has_any_permission_for_instance(self, user: Any, actions: list[str], instance: Source) -> bool:
        return self.user_has_any_permission(user, actions) and instance.may_be_seen_by(user)

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> Any:
        may = self.user_has_any_permission(user, actions)
        return Source.objects.visible_to(user) if may else Source.objects.none()
