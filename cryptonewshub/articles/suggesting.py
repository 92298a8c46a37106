"""Who may be meant, while somebody types the name of a speaker: the people in the news, by any of their spellings."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cryptonewshub.people.models import NewsPerson, Office

_MOST = 20


@require_GET
def people(request: HttpRequest) -> JsonResponse:
    """The people whose name or other spelling has what was typed: {"people": [{"name", "about"}]}."""
    typed = request.GET.get("q", "").strip()[:80]
    found = NewsPerson.objects.filter(Q(name__icontains=typed) | Q(aliases__icontains=typed))
    persons = found.prefetch_related("offices")[:_MOST] if typed else []
    today = timezone.localdate()
    return JsonResponse({"people": [{"name": person.name, "about": about(person, today)} for person in persons]})


def about(person: NewsPerson, today: date) -> str:
    """What tells people of one name apart: the offices held on that day, else the other spellings."""
    held = [str(office) for office in person.offices.all() if _is_held(office, today)]
    return "; ".join(held) or ", ".join(line.strip() for line in person.aliases.splitlines() if line.strip())


def _is_held(office: Office, today: date) -> bool:
    return (office.since is None or office.since <= today) and (office.until is None or today <= office.until)
