"""A small invented newsroom for the reader's tests: a story with every kind of block, quotation and correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from cryptonewshub.articles.document import Block, Byline, CitedSource, Document, Image, Mark, Named, SeriesPart
from cryptonewshub.editions.content import (
    Change,
    CheckedQuotation,
    Content,
    Correction,
    FoundBy,
    PolicyStamp,
    Severity,
    digest,
)
from cryptonewshub.quotations.vocabulary import Passage, Verdict
from cryptonewshub.reader.logged import Logged
from cryptonewshub.reader.site import Site

SECURITY = Named("Security", "security")
ECONOMY = Named("Economy", "economy")

SITE = Site(
    name="The Harbour Post",
    promise="Every word between quotation marks is traced to its source.",
    base_url="https://post.example.org",
    zone="Europe/Oslo",
    language="en",
    staff_byline="The Harbour Post Staff",
    sections=(Named("Politics", "politics"), SECURITY, ECONOMY),
)

SPEECH = CitedSource(
    id="speech",
    title="Speech at the opening of the harbour conference",
    speaker="Ida Rosenkilde",
    publisher="Ministry of Ports of Vestmark",
    published=date(2025, 11, 6),
    url="https://ports.vestmark.example/speeches/opening",
    sha256="9f2c61d0" * 8,
    captured=datetime(2025, 11, 6, 18, 4, tzinfo=UTC),
)
INTERVIEW = CitedSource(
    id="interview",
    title="Intervju med havnefogden",
    speaker="Tor Almås",
    publisher="Radio Skagen",
    published=date(2025, 11, 7),
    language="nb",
    url="https://radio.example/almas#del-2",
    sha256="0b11aa47" * 8,
    captured=datetime(2025, 11, 7, 9, 30, tzinfo=UTC),
)
ACT = CitedSource(
    id="act",
    title="Harbour Safety Act, second reading",
    publisher="Parliament of Vestmark",
    published=date(2025, 10, 30),
    url="https://parliament.example/acts/harbour.pdf",
)

EXACT = "We will keep the strait open, in winter and in war"
EDITED = "The convoys … were never meant to last"
TRANSLATED = "Nobody on the quay sleeps well any more"
SHORT = "a bad bargain"
BLOCK = "A harbour is a promise. Whoever closes one breaks it, and should not expect to be believed the next time."

LEAD = f"“{EXACT},” the ports minister, Ida Rosenkilde, told delegates on Thursday. She called the offer “{SHORT}”."
SECOND = f"“{EDITED},” she said of last year’s escorts. The act now before parliament pays for two more years."
THIRD = f"Tor Almås, who has run the harbour for 19 years, was blunter. “{TRANSLATED},” he told Radio Skagen."


def quoted(where_text: str, words: str) -> tuple[int, int]:
    """Where words stand in a text, as code points."""
    start = where_text.index(words)
    return start, start + len(words)


def passage(exact: str, prefix: str = "", suffix: str = "") -> Passage:
    return Passage(1000, 1000 + len(exact), exact, prefix, suffix)


def checked(
    number: int,
    block: int,
    text: str,
    words: str,
    verdict: Verdict,
    source: CitedSource,
    found: Passage | None,
    **more: str,
) -> CheckedQuotation:
    start, end = quoted(text, words)
    return CheckedQuotation(
        id=f"k{number}",
        where="body",
        block=block,
        start=start,
        end=end,
        text=words,
        verdict=verdict,
        speaker=source.speaker or "",
        source=source.id,
        passage=found,
        **more,
    )


BODY = (
    Block("p", LEAD, marks=(Mark(len(LEAD), len(LEAD), "source", "speech"),)),
    Block("h", "What the convoys cost"),
    Block(
        "p",
        SECOND,
        marks=(
            Mark(*quoted(SECOND, "The act now before parliament"), "a", "https://parliament.example/acts/harbour"),
            Mark(*quoted(SECOND, "two more years"), "em"),
            Mark(len(SECOND), len(SECOND), "source", "act"),
        ),
    ),
    Block("image", "The outer mole at Skagen, seen from the pilot station.", image=0),
    Block("p", THIRD),
    Block("quote", BLOCK, speaker="Ida Rosenkilde", source="speech"),
    Block("h", "What is in the act"),
    Block("ul", "Escorts for ships under 5,000 tonnes."),
    Block("ul", "A fund for crews, with a first payment in March."),
    Block("ol", "The second reading ends on 20 November."),
    Block("ol", "The vote follows a week later."),
    Block("facts-title", "The strait in figures"),
    Block("facts", "61 ships a day in 2024"),
    Block("facts", "4 pilots on duty at night"),
    Block("table-title", "Ships a day", (Mark(11, 11, "source", "act"),)),
    Block("row-head", "Year\nNorthern strait\nSouthern strait"),
    Block("row", "2023\n48\n1,204"),
    Block("row", "2024\n61\n"),
)

QUOTATIONS = (
    CheckedQuotation(
        id="k0",
        where="title",
        block=None,
        start=28,
        end=43,
        text="in winter and in war",
        verdict=Verdict.EXACT,
        speaker="Ida Rosenkilde",
        source="speech",
        passage=passage("in winter and in war", "We will keep the strait open, ", ". That is what"),
    ),
    checked(
        1,
        0,
        LEAD,
        EXACT,
        Verdict.EXACT,
        SPEECH,
        passage(
            EXACT,
            "ghbours have asked me what this government will do when the ice comes. I tell them: ",
            ". That is what a harbour state is for, and nobody will say it in our place when the",
        ),
    ),
    checked(
        2, 0, LEAD, SHORT, Verdict.SHORT, SPEECH, passage(SHORT, "What they put on the table was ", " for all of us.")
    ),
    checked(
        3,
        2,
        SECOND,
        EDITED,
        Verdict.EDITED,
        SPEECH,
        passage(
            "The convoys that we sent last winter were never meant to last", "Let me be plain. ", ", and they did not."
        ),
    ),
    checked(
        4,
        4,
        THIRD,
        TRANSLATED,
        Verdict.TRANSLATED,
        INTERVIEW,
        passage("Det er ingen på kaia som sover godt lenger", "Jeg skal si det rett ut. ", ", det kan jeg love deg."),
        note="Translated by our staff from Norwegian.",
        checked_by="editor",
    ),
    CheckedQuotation(
        id="k5",
        where="body",
        block=5,
        start=0,
        end=len(BLOCK),
        text=BLOCK,
        verdict=Verdict.EXACT,
        speaker="Ida Rosenkilde",
        source="speech",
        passage=passage(BLOCK, "I have said it before. ", " Thank you."),
    ),
    CheckedQuotation(
        id="k6", where="body", block=11, start=0, end=3, text="The", verdict=Verdict.NOT_SPEECH, checked_by="desk"
    ),
)

DOCUMENT = Document(
    title="Vestmark will keep strait “open in winter and in war”",
    slug="vestmark-keeps-strait-open",
    kicker="The northern straits",
    standfirst="The ports minister rejects an offer to share the escorts and asks for two more years of money.",
    dateline="Skagen",
    section=SECURITY,
    bylines=(Byline("Ada Berg", "Security correspondent", "ada-berg"), Byline("Staff")),
    topics=(Named("Ports", "ports"), Named("Vestmark", "vestmark")),
    published=datetime(2025, 11, 8, 9, 51, tzinfo=UTC),
    body=BODY,
    sources=(SPEECH, INTERVIEW, ACT),
    images=(
        Image(
            "mole.jpg",
            "ab" * 32,
            "A stone mole under low cloud",
            "",
            "Ben Okoro / The Harbour Post",
            1200,
            800,
            licence="CC BY 4.0",
        ),
    ),
    label="analysis",
    series=SeriesPart("The winter escorts", "the-winter-escorts", 2),
)

FIRST = Content(
    article=UUID("6b6f4a7c-2f30-4d51-9f5b-0d6d8f3a1c11"),
    version=1,
    path="/security/vestmark-keeps-strait-open/",
    salt="c2FsdHNhbHRzYWx0c2FsdHNhbHRzYWx0c2FsdHNhbHQ=",
    change=Change.FIRST,
    document=DOCUMENT,
    quotations=QUOTATIONS,
    policy=PolicyStamp("House policy", "1", "cd" * 32),
)
SECOND_EDITION = replace(
    FIRST,
    version=2,
    change=Change.UPDATE,
    document=replace(DOCUMENT, updated=datetime(2025, 11, 8, 13, 20, tzinfo=UTC)),
    corrections=(
        Correction(Change.UPDATE, "Adds the harbour master’s answer.", datetime(2025, 11, 8, 13, 20, tzinfo=UTC), 2),
    ),
)
THIRD_EDITION = replace(
    SECOND_EDITION,
    version=3,
    change=Change.CORRECTION,
    document=replace(DOCUMENT, updated=datetime(2025, 11, 9, 7, 5, tzinfo=UTC)),
    corrections=(
        *SECOND_EDITION.corrections,
        Correction(
            Change.CORRECTION,
            "",
            datetime(2025, 11, 9, 7, 5, tzinfo=UTC),
            3,
            wrong="An earlier version said that 16 ships pass in a day.",
            right="There are 61.",
            found_by=FoundBy.READER,
            credit="Dov Aster",
            severity=Severity.GRAVE,
            corrects=1,
            since=datetime(2025, 11, 8, 9, 51, tzinfo=UTC),
        ),
    ),
)
EDITIONS = (FIRST, SECOND_EDITION, THIRD_EDITION)


def logged_site(*entered: tuple[Content, int]) -> Site:
    """The site, with these editions in its log at these places."""
    places = {(one.article, one.version): Logged(digest(one.to_bytes()), index) for one, index in entered}
    return replace(SITE, entries=places)


LOGGED_SITE = logged_site((FIRST, 4), (SECOND_EDITION, 17), (THIRD_EDITION, 21))


def with_body(*blocks: Block, quotations: Sequence[CheckedQuotation] = (), **document: object) -> Content:
    """A first edition with this body and these quotations only."""
    return replace(FIRST, document=replace(DOCUMENT, body=blocks, **document), quotations=tuple(quotations))  # type: ignore[arg-type]


LIVE = replace(
    FIRST,
    article=UUID("0a7c1a52-6c4e-4a53-8c1e-0f1f6cf0a001"),
    path="/security/the-vote/",
    document=replace(
        DOCUMENT,
        title="Parliament votes on the harbour act",
        slug="the-vote",
        label="live",
        series=None,
        images=(),
        ended=datetime(2025, 11, 8, 15, 30, tzinfo=UTC),
        body=(
            Block("p", "Vestmark’s parliament is voting on the harbour act."),
            Block("points", "The act needs 76 votes."),
            Block("points", "The opposition is divided."),
            Block("update", "The debate opens", at=datetime(2025, 11, 8, 10, 2, tzinfo=UTC)),
            Block("p", "The speaker opened the debate at eleven."),
            Block("update", "The act is passed", at=datetime(2025, 11, 8, 15, 12, tzinfo=UTC)),
            Block("p", "The act is passed with 81 votes."),
            Block("update", "Members are called to vote", at=datetime(2025, 11, 8, 15, 12, tzinfo=UTC)),
        ),
    ),
    quotations=(),
)
