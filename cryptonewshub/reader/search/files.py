"""The index of one machine: a folder of Tantivy's files, ranked by BM25. Any number of processes read, one writes.

Each language has fields of its own, whose words go through its stemmer; a question asks those that the index has.
`generation` names the folder that is asked, so a rebuild is made beside it and takes its place at once. The cursor is
written after the words: a crash in between puts the same editions in again, which changes nothing.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cryptonewshub.reader.search.findable import Findable, Kind
from cryptonewshub.reader.search.index import Answer, Hit, IndexUnavailable
from cryptonewshub.reader.search.questions import HITS_ON_A_PAGE, Part, Question
from cryptonewshub.reader.search.stems import STEMMERS, WHOLE_WORDS, stemmer_of
from cryptonewshub.sources.archive import write_durably

if TYPE_CHECKING:
    from tantivy import Index, Query, Searcher

FORMAT = 1
_TITLE_WEIGHT = 2.5
_SNIPPET = 230  # bytes
_LONGEST_WORD = 60
_HEAP = 30_000_000  # bytes for a few editions; a rebuild takes more
_BIG_HEAP = 300_000_000


@dataclass(frozen=True, slots=True)
class State:
    """What the folder says of itself: the format, the folder that is asked, the cursor, the stemmers in use."""

    generation: int = 0
    cursor: int = 0
    stemmers: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        return json.dumps(
            {"format": FORMAT, "generation": self.generation, "cursor": self.cursor, "stemmers": list(self.stemmers)}
        ).encode()


class FileIndex:
    """The index in one folder, which is made when something is put in. It can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cursor(self) -> int:
        """The index of the log's next entry; 0 when there is no index, or one of another format."""
        return self._state().cursor

    def ask(self, question: Question, *, zone: str) -> Answer:
        """The answer. Raises IndexUnavailable when nothing was ever put in, or the files are damaged."""
        state = self._state()
        if not state.generation:
            raise IndexUnavailable(f"There is no search index in {self._folder}.")
        try:
            index = _opened(self._place(state.generation), (self._folder / "state").stat().st_mtime_ns)
            return _Asking(index, state.stemmers, question, zone).answer()
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"The search index in {self._folder} cannot be read: {error}") from error

    def replace(self, owners: Iterable[str], findables: Iterable[Findable], *, cursor: int) -> None:
        """Puts the findables in the place of everything that their owners had."""
        with self._one_writer():
            state = self._state()
            found = list(findables)
            generation = state.generation or self._begin(1)
            self._write(self._place(generation), found, owners=owners, heap=_HEAP)
            self._keep(State(generation, cursor, _with_stemmers(state.stemmers, found)))

    def rebuild(self, findables: Iterable[Findable], *, cursor: int) -> None:
        """Builds a new generation; afterwards nothing is left of the old one, not even of what was taken out of it."""
        with self._one_writer():
            old = self._state()
            generation = self._begin(old.generation + 1)
            stemmers: list[str] = []
            self._write(self._place(generation), _noting_stemmers(findables, stemmers), owners=(), heap=_BIG_HEAP)
            self._keep(State(generation, cursor, tuple(stemmers)))
            self._clear_all_but(generation)

    def _state(self) -> State:
        try:
            read = json.loads((self._folder / "state").read_bytes())
            if read["format"] == FORMAT and self._place(int(read["generation"])).is_dir():
                return State(int(read["generation"]), int(read["cursor"]), tuple(read["stemmers"]))
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return State()

    def _place(self, generation: int) -> Path:
        return self._folder / f"words-{generation}"

    def _begin(self, generation: int) -> int:
        shutil.rmtree(self._place(generation), ignore_errors=True)  # what a killed rebuild left
        self._place(generation).mkdir(parents=True)
        return generation

    def _write(self, place: Path, findables: Iterable[Findable], *, owners: Iterable[str], heap: int) -> None:
        index = _open(place)
        writer = index.writer(heap_size=heap, num_threads=1 if heap == _HEAP else 2)
        for owner in owners:
            writer.delete_documents_by_term("owner", owner)
        for findable in findables:
            writer.add_document(_document(findable))
        writer.commit()
        writer.wait_merging_threads()

    def _keep(self, state: State) -> None:
        write_durably(self._folder / "state", state.to_bytes())

    def _clear_all_but(self, generation: int) -> None:
        for place in self._folder.glob("words-*"):
            if place != self._place(generation):
                shutil.rmtree(place, ignore_errors=True)

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _with_stemmers(known: Sequence[str], findables: Iterable[Findable]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *(stemmer_of(findable.language) for findable in findables)]))


def _noting_stemmers(findables: Iterable[Findable], noted: list[str]) -> Iterator[Findable]:
    for findable in findables:
        stemmer = stemmer_of(findable.language)
        if stemmer not in noted:
            noted.append(stemmer)
        yield findable


@lru_cache(maxsize=1)
def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    for name in ("path", "shown_title", "shown_text", "language", "section_name", "standing"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("owner", "kind", "section", "topic", "person"):
        builder.add_text_field(name, stored=name == "kind", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", stored=True, indexed=True, fast=True)
    builder.add_text_field("words", tokenizer_name=WHOLE_WORDS, index_option="freq")
    for stemmer in STEMMERS:
        builder.add_text_field(f"title_{stemmer}", tokenizer_name=stemmer)
        builder.add_text_field(f"text_{stemmer}", stored=True, tokenizer_name=stemmer)
    return builder.build()


@lru_cache(maxsize=len(STEMMERS))
def _analyzer(stemmer: str) -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
    return builder.build() if stemmer == WHOLE_WORDS else builder.filter(Filter.stemmer(stemmer)).build()


def _open(place: Path) -> Index:
    from tantivy import Index

    index = Index(_schema(), path=str(place))
    for stemmer in STEMMERS:
        index.register_tokenizer(stemmer, _analyzer(stemmer))
    return index


@lru_cache(maxsize=4)
def _opened(place: Path, changed: int) -> Index:
    """The index as it was when its state last changed: opened once for each change."""
    return _open(place)


def _document(findable: Findable) -> Any:
    from tantivy import Document

    stemmer = stemmer_of(findable.language)
    document = Document()
    for name, value in (
        ("owner", findable.owner),
        ("kind", findable.kind.value),
        ("path", findable.path),
        ("shown_title", findable.title),
        ("language", findable.language),
        ("section", findable.section),
        ("section_name", findable.section_name),
        ("standing", findable.standing),
        (f"title_{stemmer}", findable.title),
        (f"text_{stemmer}", findable.text),
        ("words", f"{findable.title}\n{findable.text}"),
        *(("topic", topic) for topic in findable.topics),
        *(("person", person) for person in findable.persons),
    ):
        document.add_text(name, value)
    document.add_integer("published", int(findable.published.timestamp()))
    return document


class _Asking:
    """One question put to one state of the index."""

    def __init__(self, index: Index, stemmers: Sequence[str], question: Question, zone: str) -> None:
        self._searcher = index.searcher()
        self._stemmers = tuple(stemmers)
        self._question = question
        self._zone = ZoneInfo(zone)
        self._generators: dict[str, Any] = {}

    def answer(self) -> Answer:
        question = self._question
        if question.is_empty:
            return Answer((), 0)
        query = self._query()
        found = self._search(query)
        hits = tuple(self._hit(address, query) for _, address in found.hits)
        total = found.count or 0
        return Answer(hits, total, "" if total else _Meaning(self._searcher, question).instead())

    def _search(self, query: Query) -> Any:
        from tantivy import Order

        offset = (self._question.page - 1) * HITS_ON_A_PAGE
        newest_first = self._question.order == "newest" or not self._question.parts
        if newest_first:
            return self._searcher.search(
                query, HITS_ON_A_PAGE, True, order_by_field="published", offset=offset, order=Order.Desc
            )
        return self._searcher.search(query, HITS_ON_A_PAGE, True, offset=offset)

    def _query(self) -> Query:
        from tantivy import Occur, Query

        wanted = [(Occur.Must, self._part(part)) for part in self._question.parts if not part.is_excluded]
        banned = [(Occur.MustNot, self._part(part)) for part in self._question.parts if part.is_excluded]
        filters = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in self._filters()]
        return Query.boolean_query([*(wanted or [(Occur.Must, Query.all_query())]), *banned, *filters])

    def _part(self, part: Part) -> Query:
        """The part in each language that the index has, in the title or in the text."""
        from tantivy import Query

        ways = [way for stemmer in self._stemmers for way in self._in_language(part, stemmer)]
        return Query.disjunction_max_query(ways, 0.2) if ways else Query.empty_query()

    def _in_language(self, part: Part, stemmer: str) -> Iterator[Query]:
        from tantivy import Query

        stems = _analyzer(stemmer).analyze(" ".join(part.words))
        if not stems:
            return
        yield self._words_in(f"text_{stemmer}", stems)
        yield Query.boost_query(self._words_in(f"title_{stemmer}", stems), _TITLE_WEIGHT)

    def _words_in(self, field: str, stems: list[str]) -> Query:
        from tantivy import Query

        if len(stems) == 1:
            return Query.term_query(_schema(), field, stems[0], "freq")
        return Query.phrase_query(_schema(), field, list(stems))

    def _filters(self) -> Iterator[Query]:
        from tantivy import FieldType, Query

        question = self._question
        terms = {"section": question.section, "topic": question.topic, "person": question.person}
        if question.kind:
            terms["kind"] = question.kind.value
        for field, value in terms.items():
            if value:
                yield Query.term_query(_schema(), field, value, "basic")
        if question.since or question.until:
            after = self._seconds(question.since or date(1970, 1, 1))
            before = self._seconds(question.until + timedelta(days=1)) if question.until else 2**62
            yield Query.range_query(_schema(), "published", FieldType.Integer, after, before, True, False)

    def _seconds(self, day: date) -> int:
        return int(datetime.combine(day, time(), self._zone).timestamp())

    def _hit(self, address: Any, query: Query) -> Hit:
        document: Any = self._searcher.doc(address)
        stemmer = stemmer_of(document.get_first("language") or "")
        snippet = self._snippet(document, query, stemmer)
        return Hit(
            kind=Kind(document.get_first("kind")),
            path=document.get_first("path"),
            title=document.get_first("shown_title"),
            language=document.get_first("language") or "",
            published=datetime.fromtimestamp(document.get_first("published"), UTC),
            section_name=document.get_first("section_name") or "",
            standing=document.get_first("standing") or "",
            snippet=snippet.text,
            marks=snippet.marks,
            starts_midway=snippet.starts_midway,
            ends_midway=snippet.ends_midway,
        )

    def _snippet(self, document: Any, query: Query, stemmer: str) -> _Snippet:
        field = f"text_{stemmer}"
        text = document.get_first(field) or ""
        made = self._generator(field, query).snippet_from_doc(document)
        fragment = made.fragment()
        if not fragment:
            return _beginning(text)
        spans = [(span.start, span.end) for span in made.highlighted()]
        marks = _in_code_points(fragment, spans)
        return _Snippet(fragment, marks, not text.startswith(fragment), not text.endswith(fragment))

    def _generator(self, field: str, query: Query) -> Any:
        from tantivy import SnippetGenerator

        if field not in self._generators:
            generator = SnippetGenerator.create(self._searcher, query, _schema(), field)
            generator.set_max_num_chars(_SNIPPET)
            self._generators[field] = generator
        return self._generators[field]


@dataclass(frozen=True, slots=True)
class _Snippet:
    text: str
    marks: tuple[tuple[int, int], ...]
    starts_midway: bool
    ends_midway: bool


def _beginning(text: str) -> _Snippet:
    """The first words, where the question is answered by the title or by a filter alone."""
    start = text if len(text) <= _SNIPPET else text[:_SNIPPET].rsplit(" ", 1)[0]
    return _Snippet(start, (), False, len(start) < len(text))


def _in_code_points(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Tantivy counts bytes; everything else here counts code points."""
    if text.isascii():
        return tuple(spans)
    data = text.encode()
    return tuple((len(data[:start].decode()), len(data[:end].decode())) for start, end in spans)


class _Meaning:
    """The question that was perhaps meant, when nothing was found: each unknown word with its nearest known one."""

    def __init__(self, searcher: Searcher, question: Question) -> None:
        self._searcher = searcher
        self._question = question

    def instead(self) -> str:
        """The whole question with other words, or '' where every word is known or nothing is near."""
        asked = self._question.asked
        for word in self._question.words:
            nearest = self._nearest(word)
            if nearest and nearest != _folded(word):
                asked = asked.replace(word, nearest, 1)
        return "" if asked == self._question.asked else asked

    def _nearest(self, word: str) -> str:
        """The commonest of the known words at the smallest distance; first among those with the same first letter."""
        folded = _folded(word)
        if len(folded) < 4 or self._frequency(folded):
            return ""
        return self._best(folded, folded[0]) or self._best(folded, "")

    def _best(self, word: str, prefix: str) -> str:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        known = self._searcher.terms_with_prefix("words", prefix, limit=500_000)
        names = [term if isinstance(term, str) else term[0] for term in known]
        allowed = 1 if len(word) < 7 else 2
        near = extract(word, names, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        ranked = sorted(near, key=lambda found: (found[1], -self._frequency(found[0])))
        return str(ranked[0][0]) if ranked else ""

    def _frequency(self, word: str) -> int:
        return int(self._searcher.doc_freq("words", word))


def _folded(word: str) -> str:
    return "".join(_analyzer(WHOLE_WORDS).analyze(word)) or word.lower()
