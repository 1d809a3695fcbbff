"""From the record to what pages show."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from kutip.apps.web import shapes
from kutip.apps.web.ask import Question
from kutip.apps.web.stories import StatementPage, StoriesPage, StoryPage, statement_page, story_page
from kutip.languages import load
from kutip.languages.loader import available
from kutip.model.story import Relation
from kutip.store import KeptArticle, NotFound, Record, Said, SaidQuery, Tally
from kutip.store.browse import Brief, Wanted, tally
from kutip.store.match import with_forms
from kutip.store.summary import Speaker, Summary
from kutip.store.view import SqliteView
from kutip.text.forms import Forms
from kutip.text.stems import Stemmer
from kutip.views.web.chart import gaps

FEW_RENDITIONS = 6
NEWEST, MOST, SPEAKERS, HITS = 12, 12, 500, 5
PROFILE = 1_500  # statements that roles, outlets, acts and months of a speaker are of, at most


class Source:
    """Reads one record for many threads; a summary of the whole is made anew when the record has changed."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()
        self._watch = Record.open(
            path
        )  # one connection, since what it says of changes counts for itself only
        self._lock = threading.Lock()
        self._open: list[Record] = [self._watch]
        self._summary: tuple[int, Summary] | None = None
        self._forms = Forms((), ())
        self._making = threading.Lock()

    def close(self) -> None:
        """Ends the use of the record."""
        for record in self._open:
            record.close()

    @property
    def view(self) -> SqliteView:
        """The view of this thread."""
        if not hasattr(self._local, "view"):
            record = Record.open(self._path)
            self._local.view = record.view()
            with self._lock:
                self._open.append(record)
        view: SqliteView = self._local.view
        return view

    def stream(self, select: Callable[[SqliteView], Iterator[Said]]) -> Iterator[Said]:
        """Rows as they come, over a connection of their own: a slow reader keeps an old state from nobody else."""
        with Record.open(self._path) as record:
            yield from select(record.view())

    def state(self) -> int:
        """A number that changes whenever the record does."""
        with self._lock:
            return self._watch.view().state()

    def summary(self) -> Summary:
        """What the record holds. While a new one is made, others get the one before."""
        state, known = self.state(), self._summary
        if known and (known[0] == state or not self._making.acquire(blocking=False)):
            return known[1]
        if not known:
            self._making.acquire()
        try:
            if self._summary is None or self._summary[0] != state:
                found = self.view.summary()
                self._forms = self._inflections(found)
                self._summary = state, found
            return self._summary[1]
        finally:
            self._making.release()

    def _inflections(self, found: Summary) -> Forms:
        """The forms of all words of the record, in those of its languages that have a pack."""
        codes = [tally.name for tally in found.languages if tally.name in available()]
        return Forms(
            [Stemmer(load(code).matching.stemming) for code in codes if code], self.view.vocabulary()
        )

    def forms(self) -> Forms:
        """The forms of words in this record."""
        self.summary()
        return self._forms

    def meant(self, query: SaidQuery) -> SaidQuery:
        """The query with the other forms of the words that it asks for."""
        return msgspec.structs.replace(query, about=with_forms(query.about, self.forms().of))

    def know(self, found: Summary) -> None:
        """Takes a summary of this state of the record that was made elsewhere."""
        self._summary = self.state(), found

    def front(self) -> shapes.FrontPage:
        """The first page."""
        found = self.summary()
        return shapes.FrontPage(
            counts=_counts(found),
            stories=tuple(line for line in self.view.stories() if line.articles > 1)[:NEWEST],
            altered=self.view.last_with(Relation.CHANGED, FEW_RENDITIONS),
            lost=self.view.last_with(Relation.UNATTRIBUTED, FEW_RENDITIONS),
            newest=tuple(self.view.newest(NEWEST)),
            speakers=_most(found, MOST),
            changed=found.changed[:NEWEST],
            days=found.days,
        )

    def speakers(self) -> shapes.SpeakersPage:
        """Speakers with most statements."""
        found = self.summary()
        return shapes.SpeakersPage(counts=_counts(found), speakers=_most(found, SPEAKERS))

    def speaker(self, key: str, after: str = "", size: int = 50) -> shapes.SpeakerPage:
        """What a speaker said. Raises NotFound."""
        speaker = self.named(key)
        found = self.view.statements(Wanted(SaidQuery(), speaker.name, after, size, PROFILE))
        briefs = found.briefs
        return shapes.SpeakerPage(
            speaker=speaker,
            sample=found.sample,
            statements=tuple(map(shapes.statement, found.rows)),
            roles=_roles(briefs),
            outlets=_renderings(briefs),
            forces=tally((b.force for b in briefs), top=30),
            months=tuple(sorted(tally((b.day and b.day[:7] for b in briefs), top=600), key=_name)),
            next=found.after,
        )

    def stories(self) -> StoriesPage:
        """Stories, the last first."""
        return StoriesPage(self.view.stories(), self.summary().stories)

    def story(self, key: str) -> StoryPage:
        """A story. Raises NotFound."""
        return story_page(self.view.story(key))

    def statement(self, key: str, with_text: bool) -> StatementPage:
        """A statement; with_text: also the words around its renditions. Raises NotFound."""
        article_of = (lambda article: self.view.article(article).article) if with_text else None
        return statement_page(self.view.statement(key), article_of)

    def named(self, key: str) -> Speaker:
        """The speaker with this id. Raises NotFound."""
        if (speaker := self.summary().speakers.get(key)) is None:
            raise NotFound(f"there is no speaker {key!r} in the record")
        return speaker

    def search(self, asked: Question) -> shapes.SearchPage:
        """A page of statements that answer."""
        wanted = msgspec.structs.replace(asked.wanted, query=self.meant(asked.wanted.query))
        found = self.view.statements(wanted)
        words = wanted.query.about
        alone = set(asked.asked) == {"about"} and not asked.wanted.after
        few = alone and found.total is not None  # a word that is everywhere tells no article from another
        hits = self.view.article_hits(words, HITS) if few else ()
        return shapes.SearchPage(
            asked=asked.asked,
            statements=tuple(map(shapes.statement, found.rows)),
            total=self._total(asked) if found.total is None else found.total,
            sample=found.sample,
            of=self.summary().statements,
            facets=found.facets,
            articles=hits,
            next=found.after,
            walked_to=found.walked_to,
        )

    def _total(self, asked: Question) -> int | None:
        """How many answer, where the summary knows: to no filter, to one kind, to one force."""
        found = self.summary()
        if not asked.asked:
            return found.statements
        counted = {"kind": found.kinds, "force": found.forces}
        (name, value), *others = asked.asked.items()
        if others or name not in counted:
            return None
        return next((one.count for one in counted[name] if one.name == value), 0)

    def article(self, key: str) -> KeptArticle:
        """The article with this id. Raises NotFound."""
        return self.view.article(key)

    def coverage(self) -> shapes.CoveragePage:
        """What was read and what was not used."""
        found = self.summary()
        return shapes.CoveragePage(
            counts=_counts(found),
            pages=found.pages,
            superseded=found.superseded,
            repeats=found.repeats,
            undated=found.undated,
            outlets=found.outlets,
            languages=found.languages,
            kinds=found.kinds,
            forces=found.forces,
            channels=found.channels,
            days=found.days,
            missing=gaps([day.day for day in found.days if len(day.day) == 10]),
            reasons=found.reasons,
            refused=found.refused,
            runs=found.runs,
        )


def _most(found: Summary, count: int) -> tuple[Speaker, ...]:
    return tuple(speaker for speaker, _ in zip(found.speakers.values(), range(count), strict=False))


def _counts(found: Summary) -> shapes.Counts:
    return shapes.Counts(
        articles=found.articles,
        statements=found.statements,
        outlets=sum(outlet.name is not None for outlet in found.outlets),
        speakers=len(found.speakers),
        rejections=sum(one.count for one in found.reasons),
        first_day=found.first_day,
        last_day=found.last_day,
    )


def _roles(briefs: Iterable[Brief]) -> tuple[shapes.RoleSeen, ...]:
    """Roles, the one that was seen last first."""
    seen: dict[str, list[str | None]] = {}
    for brief in briefs:
        if brief.speaker_role:
            seen.setdefault(brief.speaker_role, []).append(brief.day)
    roles = []
    for role, days in seen.items():
        dated = sorted(day for day in days if day)
        first, last = (dated[0], dated[-1]) if dated else (None, None)
        roles.append(shapes.RoleSeen(role, len(days), first, last))
    return tuple(sorted(roles, key=lambda role: (role.last or "", role.count, role.role), reverse=True))


def _renderings(briefs: Iterable[Brief]) -> tuple[shapes.Rendering, ...]:
    """Outlets with the kinds of their statements, those with most first."""
    kinds: dict[str | None, Counter[str]] = {}
    for brief in briefs:
        kinds.setdefault(brief.outlet, Counter())[brief.kind] += 1
    found = [
        shapes.Rendering(outlet, count.total(), *(count[kind] for kind in ("direct", "indirect", "mixed")))
        for outlet, count in kinds.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.statements, one.outlet or "")))


def _name(one: Tally) -> str:
    return one.name or ""


def article_json(kept: KeptArticle, with_text: bool) -> bytes:
    """An article as its JSON twin gives it; without its text, the words of each attribution stand with it."""
    from kutip.apps.cli.shapes import article_shape
    from kutip.store.rows import content_of

    shape = article_shape(kept)
    del shape["page"]  # a path of this machine
    if not with_text:
        del shape["text"]
    for one, found in zip(kept.attributions, shape["attributions"], strict=True):
        found["words"] = content_of(one.attribution, kept.article.text)
    return msgspec.json.encode(shape)
