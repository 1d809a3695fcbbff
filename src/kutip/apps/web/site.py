"""A site of files: the same pages as the server's, to be opened from a disk or put on any host."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property
from itertools import islice
from pathlib import Path

import msgspec

from kutip.apps.web import documents
from kutip.apps.web.ask import Question
from kutip.apps.web.documents import Documents
from kutip.apps.web.shapes import Statement
from kutip.apps.web.source import Source, article_json
from kutip.store import SaidQuery
from kutip.store.asked import Wanted
from kutip.store.browse import Listed
from kutip.store.speakers import Speaker, Speakers
from kutip.store.summary import Summary
from kutip.views.export.cells import Row
from kutip.views.web.page import Kind, static_files

MANIFEST = "kutip-site.json"  # which files of a folder are ours
ON_PAGE = 100  # statements on the page of a speaker
CHUNK = 100  # articles or speakers that a process writes at a time
_BINARY = getattr(os, "O_BINARY", 0)  # where the system would write lines its own way
SHARD = 2_000  # statements in a file that the search reads


class SiteError(Exception):
    """The folder cannot be used. The message is for people."""


class Plan(msgspec.Struct, frozen=True):
    """What to build: the folder, the record, how pages are given away, in which language they open."""

    folder: Path
    record: str
    kind: Kind
    language: str


class Site:
    """Writes pages into a folder. wrote: called with the number of files so far."""

    def __init__(self, plan: Plan, wrote: Callable[[int], None] = lambda count: None) -> None:
        self.folder = plan.folder
        self.source = Source(plan.record)
        kind = msgspec.structs.replace(plan.kind, stories=self.source.view.has_stories())
        self._kind = kind
        self._plan = plan
        self._wrote = wrote
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._root = os.path.join(self.folder, "")

    @cached_property
    def documents(self) -> Documents:
        """What writes pages."""
        found = self.source.summary()
        return Documents(self._kind, self._plan.language, found.speakers, found.anew)

    def build(self, jobs: int = 1) -> int:
        """Writes all pages and takes away those of an earlier build that are no more; returns their number.

        jobs: processes to write with. Raises SiteError where the folder holds what is not ours, RecordError.
        """
        before = self._before()
        for name, (_, text) in static_files().items():
            self._write(f"static/{name}", text)
        self._overviews()
        stories, statements = self.source.view.lineage_ids()
        keys = [("story", key) for key in stories] + [("statement", key) for key in statements]
        keys += [("article", key) for key in self.source.view.article_ids()]
        keys += [("speaker", key) for key in self.source.summary().speakers.by_id]
        for names in self._pages(keys, jobs):
            self._files.update(names)
            self._wrote(len(self._files))
        self._other_names()
        for gone in before - self._files:
            (self.folder / gone).unlink(missing_ok=True)
        self._write(MANIFEST, msgspec.json.encode(sorted(self._files)))
        return len(self._files)

    def _pages(self, keys: list[tuple[str, str]], jobs: int) -> Iterator[list[str]]:
        """Names of what was written for each chunk of articles and speakers."""
        chunks = [keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)]
        if jobs == 1 or len(chunks) < 2:
            yield from map(self.write_pages, chunks)
            return
        # Not forked: a connection to SQLite must not be carried into another process.
        context = multiprocessing.get_context("spawn")
        summary = self.source.summary()
        with ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(self._plan, summary)) as pool:
            yield from pool.map(_write_chunk, chunks)

    def write_pages(self, keys: Iterable[tuple[str, str]]) -> list[str]:
        """Writes the pages of these (noun, id); returns the names of the files."""
        before = set(self._files)
        write = {
            "article": self._article,
            "speaker": self._speaker,
            "story": self._story,
            "statement": self._statement,
        }
        for noun, key in keys:
            write[noun](key)
        return sorted(self._files - before)

    def close(self) -> None:
        """Ends the use of the record."""
        self.source.close()

    def _before(self) -> set[str]:
        manifest = self.folder / MANIFEST
        if manifest.is_file():
            names = msgspec.json.decode(manifest.read_bytes(), type=list[str])
            return {name for name in names if not name.startswith("/") and ".." not in name.split("/")}
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise SiteError(
                f"{self.folder} is not empty and was not written by kutip site; name another folder"
            )
        return set()

    def _overviews(self) -> None:
        made = self.documents.html
        for name, page in (
            ("index", self.source.front()),
            ("speakers", self.source.speakers()),
            ("coverage", self.source.coverage()),
            *([("stories", self.source.stories())] if self._kind.stories else []),
        ):
            self._write(f"{name}.html", made(f"{name}.html", page))
            self._write(f"{name}.json", documents.json(page))
        view = self.source.view
        self._stream(
            "statements.csv", (line.encode() for line in documents.csv_lines(view.said(SaidQuery())))
        )
        self._stream("statements.jsonl", documents.json_lines(view.said(SaidQuery())))
        nothing = self.source.search(Question({}, Wanted(size=1)))
        empty = msgspec.structs.replace(nothing, statements=(), facets={}, next="", walked_to="")
        self._write("search.html", made("search.html", empty, self._shards()))

    def _shards(self) -> int:
        rows, speakers = self.source.view.listed(), self.source.summary().speakers
        number = 0
        while found := list(islice(rows, SHARD)):
            table = msgspec.json.encode([_searched(row, speakers) for row in found]).decode()
            self._write(f"search/{number}.js", f"kutipShard({number}, {table});\n")
            number += 1
        groups = [forms for found in self.source.forms().groups for forms in found.values()]
        table = msgspec.json.encode(groups).decode()
        known = {one.id: one.name for one in speakers.by_id.values() if len(one.names) > 1}
        names = msgspec.json.encode(known).decode()
        self._write("search/forms.js", f"window.kutipForms = {table};\nwindow.kutipSpeakers = {names};\n")
        return number

    def _article(self, key: str) -> None:
        kept, base = self.source.article(key), f"article/{key}"
        self._write(f"{base}.html", self.documents.article(f"{base}.html", kept, self.source.beside(key)))
        self._write(f"{base}.json", article_json(kept, self._kind.with_text))
        self._rows(base, self.source.view.said_in(key))

    def _speaker(self, key: str) -> None:
        speaker = self.source.named(key)
        base, page = f"speaker/{key}", self.source.speaker(speaker, size=ON_PAGE)
        self._write(f"{base}.html", self.documents.html(f"{base}.html", page))
        self._write(f"{base}.json", documents.json(page))
        self._write(f"{base}.atom", _feed(speaker, page.statements))
        all_there = not page.next
        self._rows(
            base, page.statements if all_there else self.source.view.said(SaidQuery(whose=speaker.whose))
        )

    def _other_names(self) -> None:
        """From the address of each further name of a speaker to the speaker; where several have it, to all."""
        speakers = self.source.summary().speakers
        for key in speakers.by_name:
            name = f"speaker/{key}.html"
            if key not in speakers.by_id:
                found = speakers.meant(key)
                several = len(found) > 1
                page = self.source.of_a_name(found)
                self._write(name, self.documents.html(name, page) if several else documents.moved(found[0]))

    def _story(self, key: str) -> None:
        base, page = f"story/{key}", self.source.story(key)
        self._write(f"{base}.html", self.documents.html(f"{base}.html", page))
        self._write(f"{base}.json", documents.json(page))
        title = page.found.story.headline or key
        self._write(f"{base}.atom", documents.story_feed(key, title, page.timeline))

    def _statement(self, key: str) -> None:
        page = self.source.statement(key, self._kind.with_text)
        self._write(f"statement/{key}.html", self.documents.html(f"statement/{key}.html", page))
        self._write(f"statement/{key}.json", documents.json(page))

    def _rows(self, base: str, rows: Iterable[Row]) -> None:
        found = list(rows)
        self._write(f"{base}.csv", "".join(documents.csv_lines(found)))
        self._write(f"{base}.jsonl", b"".join(documents.json_lines(found)))

    def _write(self, name: str, content: str | bytes) -> None:
        """Most files are small and there are very many: the fewest calls to the system that make one."""
        data = content.encode() if isinstance(content, str) else content
        file = os.open(self._path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)
        self._files.add(name)

    def _stream(self, name: str, content: Iterable[bytes]) -> None:
        with open(self._path(name), "wb") as file:
            file.writelines(content)
        self._files.add(name)

    def _path(self, name: str) -> str:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self._root}{name}"


def _feed(speaker: Speaker, rows: Iterable[Statement]) -> str:
    key = speaker.id
    return documents.feed(f"speaker/{key}.atom", f"speaker:{key}", speaker.name, f"{key}.html", list(rows))


def _searched(row: Listed, speakers: Speakers) -> list[object]:
    """The fields of a statement that search.js knows, in its order."""
    address = row.speaker and speakers.address(row.actor, row.speaker)
    return [
        *(row.id, row.day, row.speaker, address, row.speaker_role, row.kind),
        *(row.force, row.negated, row.conditional, row.content, row.source, row.to, row.via, row.outlet),
        *(row.headline, row.article, row.lang),
    ]


_site: Site | None = None  # of a process that writes pages


def _start(plan: Plan, summary: Summary) -> None:
    global _site
    _site = Site(plan)
    _site.source.know(summary)


def _write_chunk(keys: list[tuple[str, str]]) -> list[str]:
    assert _site is not None
    return _site.write_pages(keys)
