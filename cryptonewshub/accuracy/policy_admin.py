"""The house policy among the settings: its versions, what each says, and the form for the next one."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.views.generic import CreateView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from cryptonewshub.accuracy.house_policy import read_document
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.accuracy.policy_form import PolicyForm
from cryptonewshub.accuracy.policy_words import parts_of


class RecordPolicy(ModelPermissionPolicy):
    """Rows are added and read; nobody changes or deletes one, a superuser included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "view") and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class AdoptView(CreateView):
    """The next version begins with the rules that hold."""

    page_title = "Change the house policy"
    submit_button_label = "Adopt this policy"
    submit_button_active_label = "Adopting…"
    template_name = "accuracy/policy_form.html"

    def get_form(self, form_class: Any = None) -> PolicyForm:
        form: PolicyForm = super().get_form(form_class)
        form.for_user = self.request.user
        return form

    def get_page_subtitle(self) -> str:
        return self.page_title

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_message(self, instance: HousePolicy) -> str:
        return f"This is the house policy now: version {instance.version}."


class VersionView(InspectView):
    """One version, in the sentences that readers read."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        said = self.object
        rows = [("In force from", said.adopted), ("Adopted by", said.name), ("Why", said.why)]
        for part in parts_of(read_document(said.document)):
            rows.append((part.heading, " ".join([part.lead, "; ".join(part.points), part.rest]).strip()))
        return [{"label": label, "value": value, "component": None} for label, value in rows]


class HousePolicyViewSet(ModelViewSet):
    model = HousePolicy
    name = "house_policy"
    icon = "clipboard-list"
    menu_label = "House policy"
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    add_view_class = AdoptView
    create_template_name = AdoptView.template_name
    inspect_view_class = VersionView
    list_display: ClassVar = ["version", DateColumn("adopted", label="In force from"), "name", "why"]
    ordering: ClassVar = ["-version"]

    def get_form_class(self, for_update: bool = False) -> type[PolicyForm]:
        return PolicyForm


register_permission_policy(HousePolicy, RecordPolicy(HousePolicy), exact_class=True)
