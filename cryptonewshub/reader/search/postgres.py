"""The index of several machines: two tables in a PostgreSQL, its own text search, the same questions and answers.

Ranking reads every row that it ranks, so only the newest matches of a question are ranked; the others follow by date.
Nothing but PostgreSQL's core is needed: no extension. Tables are made when something is put in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from cryptonewshub.reader.search.findable import Findable, Kind
from cryptonewshub.reader.search.index import Answer, Hit, IndexUnavailable
from cryptonewshub.reader.search.questions import HITS_ON_A_PAGE, Part, Question
from cryptonewshub.reader.search.stems import WHOLE_WORDS, stemmer_of

_RANKED = 2_000  # the newest matches that are put in order of relevance
_BATCH = 500
_START, _END = "\ue000", "\ue001"  # private characters, which no sealed text is searched for
_WITHOUT_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_LOCK = 0x636E68  # one writer at a time
_SCHEMA = """
CREATE TABLE IF NOT EXISTS cnh_search_state (one boolean PRIMARY KEY DEFAULT true CHECK (one), cursor bigint NOT NULL);
CREATE TABLE IF NOT EXISTS cnh_search (
    id text PRIMARY KEY, owner text NOT NULL, kind text NOT NULL, path text NOT NULL, title text NOT NULL,
    text text NOT NULL, language text NOT NULL, config text NOT NULL, section text NOT NULL, section_name text NOT NULL,
    topics text[] NOT NULL, persons text[] NOT NULL, standing text NOT NULL, published bigint NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS cnh_search_words ON cnh_search USING gin (words);
CREATE INDEX IF NOT EXISTS cnh_search_owner ON cnh_search (owner);
CREATE INDEX IF NOT EXISTS cnh_search_published ON cnh_search (published DESC);
CREATE TABLE IF NOT EXISTS cnh_search_word (word text PRIMARY KEY);
"""
_PUT = """
INSERT INTO cnh_search VALUES (
    %(id)s, %(owner)s, %(kind)s, %(path)s, %(title)s, %(text)s, %(language)s, %(config)s::text, %(section)s,
    %(section_name)s, %(topics)s, %(persons)s, %(standing)s, %(published)s,
    setweight(to_tsvector(%(config)s::text::regconfig, %(plain_title)s), 'A')
        || to_tsvector(%(config)s::text::regconfig, %(plain_text)s)
) ON CONFLICT (id) DO UPDATE SET
    owner = excluded.owner, path = excluded.path, title = excluded.title, text = excluded.text,
    language = excluded.language, config = excluded.config, section = excluded.section,
    section_name = excluded.section_name, topics = excluded.topics, persons = excluded.persons,
    standing = excluded.standing, published = excluded.published, words = excluded.words
"""
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT id, published, words FROM cnh_search WHERE {conditions}
), newest AS (SELECT id, published, words FROM found ORDER BY published DESC, id LIMIT {ranked})
SELECT id, (SELECT count(*) FROM found) AS total FROM newest ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s
"""
_SHOWN = """
SELECT id, kind, path, title, language, published, section_name, standing, text,
    ts_headline(config::regconfig, text, {query}, %(marks)s)
FROM cnh_search WHERE id = ANY(%(ids)s)
"""


class PostgresIndex:
    """The index in the database at `url`, such as 'postgresql://search@db/search'."""

    def __init__(self, url: str) -> None:
        self._url = url

    def cursor(self) -> int:
        """The index of the log's next entry; 0 where there are no tables yet."""
        with self._connected() as connection:
            return _cursor_in(connection) or 0

    def ask(self, question: Question, *, zone: str) -> Answer:
        """The answer. Raises IndexUnavailable when the database cannot be asked or nothing was ever put in."""
        if question.is_empty:
            return Answer((), 0)
        with self._connected() as connection:
            if _cursor_in(connection) is None:
                raise IndexUnavailable("Nothing has been put into the search tables yet.")
            return _Asking(connection, question, zone).answer()

    def replace(self, owners: Iterable[str], findables: Iterable[Findable], *, cursor: int) -> None:
        """Puts the findables in the place of everything that their owners had, in one transaction."""
        with self._writing() as connection:
            connection.execute("DELETE FROM cnh_search WHERE owner = ANY(%s)", [list(owners)])
            _put(connection, findables)
            _keep_cursor(connection, cursor)

    def rebuild(self, findables: Iterable[Findable], *, cursor: int) -> None:
        """Everything anew in one transaction: readers ask the old rows until it commits."""
        with self._writing() as connection:
            connection.execute("DELETE FROM cnh_search; DELETE FROM cnh_search_word")
            _put(connection, findables)
            _keep_cursor(connection, cursor)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        try:
            with psycopg.connect(self._url, connect_timeout=2) as connection:
                yield connection
        except psycopg.Error as error:
            raise IndexUnavailable(f"The search database cannot be asked: {error}") from error

    @contextmanager
    def _writing(self) -> Iterator[psycopg.Connection[Any]]:
        with self._connected() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            connection.execute(_SCHEMA)
            yield connection


def _cursor_in(connection: psycopg.Connection[Any]) -> int | None:
    is_there = connection.execute("SELECT to_regclass('cnh_search_state')").fetchone()
    if is_there is None or is_there[0] is None:
        return None
    row = connection.execute("SELECT cursor FROM cnh_search_state").fetchone()
    return None if row is None else int(row[0])


def _keep_cursor(connection: psycopg.Connection[Any], cursor: int) -> None:
    connection.execute(
        "INSERT INTO cnh_search_state (cursor) VALUES (%s) ON CONFLICT (one) DO UPDATE SET cursor = excluded.cursor",
        [cursor],
    )


def _put(connection: psycopg.Connection[Any], findables: Iterable[Findable]) -> None:
    waiting = iter(findables)
    configs = _configs(connection)
    while batch := list(islice(waiting, _BATCH)):
        with connection.cursor() as cursor:
            cursor.executemany(_PUT, [_row(findable, configs) for findable in batch])
            words = {word for findable in batch for word in _plain(f"{findable.title} {findable.text}").split()}
            kept = [[word] for word in sorted(words) if word.isalnum()]
            cursor.executemany("INSERT INTO cnh_search_word VALUES (%s) ON CONFLICT DO NOTHING", kept)


def _configs(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """The text search configurations that this PostgreSQL has."""
    return frozenset(name for (name,) in connection.execute("SELECT cfgname FROM pg_ts_config"))


def _row(findable: Findable, configs: frozenset[str]) -> dict[str, Any]:
    stemmer = stemmer_of(findable.language)
    return {
        "id": findable.id,
        "owner": findable.owner,
        "kind": findable.kind.value,
        "path": findable.path,
        "title": findable.title,
        "text": findable.text,
        "language": findable.language,
        "config": "simple" if stemmer == WHOLE_WORDS or stemmer not in configs else stemmer,
        "section": findable.section,
        "section_name": findable.section_name,
        "topics": list(findable.topics),
        "persons": list(findable.persons),
        "standing": findable.standing,
        "published": int(findable.published.timestamp()),
        "plain_title": _plain(findable.title),
        "plain_text": _plain(findable.text),
    }


def _plain(text: str) -> str:
    """Small letters without accents, as the file index folds them; only letters and digits."""
    folded = unicodedata.normalize("NFD", text.lower().translate(_WITHOUT_STROKES))
    return "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))


class _Asking:
    """One question put to the tables."""

    def __init__(self, connection: psycopg.Connection[Any], question: Question, zone: str) -> None:
        self._connection = connection
        self._question = question
        self._zone = ZoneInfo(zone)
        self._values: dict[str, Any] = {}

    def answer(self) -> Answer:
        query = self._query()
        ids, total = self._found(query)
        hits = tuple(self._shown(ids, query))
        return Answer(hits, total, "" if total else self._instead())

    def _query(self) -> str:
        """The tsquery, as SQL over bound values: each part in every configuration that the rows use."""
        configs = [name for (name,) in self._connection.execute("SELECT DISTINCT config FROM cnh_search")] or ["simple"]
        parts = [self._part(part, number, configs) for number, part in enumerate(self._question.parts)]
        return " && ".join(parts) or "NULL::tsquery"

    def _part(self, part: Part, number: int, configs: list[str]) -> str:
        self._values[f"part{number}"] = _plain(" ".join(part.words))
        ways = " || ".join(f"phraseto_tsquery('{config}', %(part{number})s)" for config in configs)
        return f"(!!({ways}))" if part.is_excluded else f"({ways})"

    def _found(self, query: str) -> tuple[list[str], int]:
        newest_first = self._question.order == "newest" or not self._question.parts
        order = "published DESC, id" if newest_first else f"ts_rank_cd(words, {query}, 1) DESC, published DESC, id"
        values = {**self._values, "offset": (self._question.page - 1) * HITS_ON_A_PAGE, "limit": HITS_ON_A_PAGE}
        conditions = " AND ".join(self._conditions(query, values))
        statement = _FOUND.format(conditions=conditions, order=order, ranked=_RANKED)
        rows = self._connection.execute(statement, values).fetchall()
        return [row[0] for row in rows], int(rows[0][1]) if rows else 0

    def _conditions(self, query: str, values: dict[str, Any]) -> Iterator[str]:
        question = self._question
        if question.parts:
            yield f"words @@ ({query})"
        if question.kind:
            values["kind"] = question.kind.value
            yield "kind = %(kind)s"
        if question.section:
            values["section"] = question.section
            yield "section = %(section)s"
        if question.topic:
            values["topic"] = question.topic
            yield "%(topic)s = ANY(topics)"
        if question.person:
            values["person"] = question.person
            yield "%(person)s = ANY(persons)"
        if question.since or question.until:
            values["since"] = self._seconds(question.since or date(1970, 1, 1))
            values["until"] = self._seconds(question.until + timedelta(days=1)) if question.until else 2**62
            yield "published >= %(since)s AND published < %(until)s"

    def _seconds(self, day: date) -> int:
        return int(datetime.combine(day, time(), self._zone).timestamp())

    def _shown(self, ids: list[str], query: str) -> Iterator[Hit]:
        marks = f"StartSel={_START}, StopSel={_END}, MaxWords=38, MinWords=20, MaxFragments=1"
        statement = _SHOWN.format(query=query)
        rows = self._connection.execute(statement, {**self._values, "marks": marks, "ids": ids}).fetchall()
        by_id = {row[0]: row for row in rows}
        return (_hit(by_id[each]) for each in ids if each in by_id)

    def _instead(self) -> str:
        """The question with each unknown word's nearest known one, as the file index answers it."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        asked = self._question.asked
        for word in self._question.words:
            plain = _plain(word).strip()
            rows = self._connection.execute("SELECT word FROM cnh_search_word WHERE word LIKE %s", [f"{plain[:1]}%"])
            known = [row[0] for row in rows]
            if len(plain) < 4 or plain in known:
                continue
            best = extractOne(plain, known, scorer=OSA.distance, score_cutoff=1 if len(plain) < 7 else 2)
            asked = asked.replace(word, best[0], 1) if best else asked
        return "" if asked == self._question.asked else asked


def _hit(row: tuple[Any, ...]) -> Hit:
    _, kind, path, title, language, published, section_name, standing, text, headline = row
    plain, marks = _without_marks(headline or "")
    if not plain:
        plain = text[:230]
    return Hit(
        kind=Kind(kind),
        path=path,
        title=title,
        language=language,
        published=datetime.fromtimestamp(published, UTC),
        section_name=section_name,
        standing=standing,
        snippet=plain,
        marks=marks,
        starts_midway=not text.startswith(plain[:20]),
        ends_midway=not text.endswith(plain[-20:]),
    )


def _without_marks(headline: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text and the marked places, in code points."""
    text, marks, start = "", [], 0
    for character in headline:
        if character == _START:
            start = len(text)
        elif character == _END:
            marks.append((start, len(text)))
        else:
            text += character
    return text, tuple(marks)
