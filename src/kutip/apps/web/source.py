"""From the record to what pages show."""

import gc
import threading
from collections.abc import Callable, Iterator

import msgspec

from kutip.apps.web import shapes
from kutip.apps.web.ask import BadQuestion, Question
from kutip.apps.web.documents import Beside
from kutip.apps.web.speakers import called, facets, most_quoted, speaker_page
from kutip.apps.web.stories import StatementPage, StoriesPage, StoryPage, statement_page, story_page
from kutip.languages import load
from kutip.languages.loader import available
from kutip.model.story import Relation
from kutip.store import KeptArticle, NotFound, Record, Said, SaidQuery
from kutip.store.asked import MANY, Wanted
from kutip.store.match import Usual, with_forms, without
from kutip.store.speakers import Speaker
from kutip.store.summary import Summary
from kutip.store.view import SqliteView
from kutip.text.forms import Forms
from kutip.text.stems import Stemmer
from kutip.views.web.chart import gaps, hour_gaps

FEW_RENDITIONS = 6
FEW_NAMES, STORIES = 5, 20
NEWEST, MOST, SPEAKERS, HITS = 12, 12, 500, 5
PROFILE = 700  # statements that roles, outlets, acts and months of a speaker are of, at most


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
        self._usual = Usual((), MANY)
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
                self._learn(found)
                gc.freeze()  # all this stays until the record changes; no answer has to wait for a walk through it
                self._summary = state, found
            return self._summary[1]
        finally:
            self._making.release()

    def _learn(self, found: Summary) -> None:
        """The forms of all words of the record, in those of its languages that have a pack; which are usual."""
        codes = [tally.name for tally in found.languages if tally.name in available()]
        counts = self.view.vocabulary()
        self._forms = Forms(
            [Stemmer(load(code).matching.stemming) for code in codes if code], [word for word, _ in counts]
        )
        self._usual = Usual(counts, MANY)

    def forms(self) -> Forms:
        """The forms of words in this record."""
        self.summary()
        return self._forms

    def wanted(self, asked: Question) -> Wanted:
        """What is asked for, with the other forms of its words. Raises BadQuestion for a speaker who is not there."""
        about = with_forms(asked.wanted.query.about, self.forms().of)
        speaker = self._asked_for(asked)
        whose = speaker.whose if speaker else None
        query = msgspec.structs.replace(asked.wanted.query, about=about, whose=whose)
        return msgspec.structs.replace(asked.wanted, query=query, looked_up=without(about, self._usual))

    def _asked_for(self, asked: Question) -> Speaker | None:
        try:
            return self.named(asked.asked["speaker"]) if "speaker" in asked.asked else None
        except NotFound as error:
            raise BadQuestion("speaker", str(error)) from error

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
            speakers=most_quoted(found.speakers, MOST),
            changed=found.changed[:NEWEST],
            days=found.days,
        )

    def speakers(self) -> shapes.SpeakersPage:
        """Speakers with most statements."""
        found = self.summary()
        return shapes.SpeakersPage(counts=_counts(found), speakers=most_quoted(found.speakers, SPEAKERS))

    def meant(self, key: str) -> tuple[Speaker, ...]:
        """Who is meant by the id of a speaker, of a name or of an actor; several may go by a name."""
        return self.summary().speakers.meant(key)

    def named(self, key: str) -> Speaker:
        """The only one who is meant. Raises NotFound."""
        found = self.meant(key)
        if not found:
            raise NotFound(f"there is no speaker {key!r} in the record")
        if len(found) > 1:
            some = ", ".join(f"{one.name} ({one.id})" for one in found[:FEW_NAMES])
            raise NotFound(f"several speakers go by this name: {some}; ask for one of them")
        return found[0]

    def of_a_name(self, found: tuple[Speaker, ...]) -> shapes.SpeakersPage:
        """Those who go by one name."""
        shared = set.intersection(*(set(one.whose.names) for one in found))
        return shapes.SpeakersPage(_counts(self.summary()), found, min(shared))

    def speaker(self, speaker: Speaker, after: str = "", size: int = 50) -> shapes.SpeakerPage:
        """What a speaker said."""
        found = self.view.statements(Wanted(SaidQuery(whose=speaker.whose), after, size, sample=PROFILE))
        return speaker_page(
            self.summary().speakers,
            speaker,
            found,
            self.view.rendered([brief.key for brief in found.briefs]),
            self.view.stories_of([brief.article for brief in found.briefs], STORIES),
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

    def search(self, asked: Question) -> shapes.SearchPage:
        """A page of statements that answer. Raises BadQuestion for a speaker who is not there."""
        wanted = self.wanted(asked)
        found = self.view.statements(wanted)
        speakers = self.summary().speakers
        alone = set(asked.asked) == {"about"} and not asked.wanted.after
        few = alone and found.total is not None  # a word that is everywhere tells no article from another
        return shapes.SearchPage(
            asked=asked.asked,
            speaker=self._asked_for(asked),
            named=called(speakers, found.called, FEW_NAMES),
            statements=tuple(shapes.statement(row, speakers) for row in found.rows),
            total=self._total(asked) if found.total is None else found.total,
            sample=found.sample,
            of=self.summary().statements,
            facets=facets(speakers, found),
            articles=self.view.article_hits(wanted.query.about, HITS) if few else (),
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
        if name == "speaker" and not others:
            return self.named(value).statements
        if others or name not in counted:
            return None
        return next((one.count for one in counted[name] if one.name == value), 0)

    def article(self, key: str) -> KeptArticle:
        """The article with this id. Raises NotFound."""
        return self.view.article(key)

    def beside(self, article: str) -> Beside:
        """What is known of the article with this id beside itself."""
        view = self.view
        return Beside(view.story_of(article), view.actors_in(article), view.told_elsewhere(article))

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
            missing_hours=hour_gaps(found.hours),
            reasons=found.reasons,
            refused=found.refused,
            runs=found.runs,
            older=found.older,
            anew=found.anew,
        )


def _counts(found: Summary) -> shapes.Counts:
    return shapes.Counts(
        articles=found.articles,
        statements=found.statements,
        outlets=sum(outlet.name is not None for outlet in found.outlets),
        speakers=len(found.speakers.by_id),
        rejections=sum(one.count for one in found.reasons),
        first_day=found.first_day,
        last_day=found.last_day,
    )


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
