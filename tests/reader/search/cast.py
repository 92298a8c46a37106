"""Things to be found: three stories in two languages, what was said in them, and one person of the register."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptonewshub.reader.search.findable import Findable, Kind, KnownPerson, findable_people

BUDGET = Findable(
    id="story:budget",
    owner="budget",
    kind=Kind.STORY,
    path="/security/budget/",
    title="Budget talks resume in Łódź",
    text="The ministers discussed the budgets for the “winter gas” deal until 🌙 midnight.\nNobody agreed.",
    language="en",
    published=datetime(2026, 3, 2, 22, 30, tzinfo=UTC),
    section="security",
    section_name="Security",
    topics=("gas",),
    persons=("ada-lund",),
)
HARBOUR = Findable(
    id="story:harbour",
    owner="harbour",
    kind=Kind.STORY,
    path="/economy/harbour/",
    title="Harbour reopens",
    text="The winter was long. Gas was dear. The harbour budget was small, said the harbour master.",
    language="en",
    published=datetime(2026, 4, 9, 8, 0, tzinfo=UTC),
    section="economy",
    section_name="Economy",
)
REGJERING = Findable(
    id="story:regjering",
    owner="regjering",
    kind=Kind.STORY,
    path="/security/regjering/",
    title="Regjeringen møtes",
    text="Statsministeren møtte lederne i går om havnene i nord.",
    language="nb",
    published=datetime(2026, 2, 1, 8, 0, tzinfo=UTC),
    section="security",
    section_name="Security",
)
STATEMENT = Findable(
    id="statement:budget:1",
    owner="budget",
    kind=Kind.STATEMENT,
    path="/security/budget/#q1",
    title="Ada Lund",
    text="We shall keep every promise that we made",
    language="en",
    published=BUDGET.published,
    section="security",
    section_name="Security",
    persons=("ada-lund",),
    standing=BUDGET.title,
)
PEOPLE = tuple(findable_people([KnownPerson("Ada Lund", "/persons/ada-lund/", "Finance minister, Vestmark")]))
ALL = (BUDGET, STATEMENT, HARBOUR, REGJERING, *PEOPLE)
