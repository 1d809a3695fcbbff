"""Stories and statements against those that a reader linked by hand.

A set is a file or a folder of files with stories: articles, near misses (articles that look like it and are not of
it), and statements with their renditions, whose contents are given in the words of the articles. The whole set is
linked in one go. A rendition of ours stands for the reader's of the same article whose words it overlaps best (Jaccard
of 0.5 over words, at least).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from kutip.flow.linking import Given, Linked, link
from kutip.model import sha256_hex

OVERLAP = 0.5
_WORD = re.compile(r"[^\W_]+")

Words = frozenset[int]


class Rendition(msgspec.Struct, frozen=True):
    """content: exact words of the article. relation: what became of the statement; "reference" for the fullest."""

    article: str
    content: tuple[str, ...]
    kind: str
    relation: str


class Statement(msgspec.Struct, frozen=True):
    """One saying, as a reader linked its renditions."""

    speaker: str
    renditions: tuple[Rendition, ...]


class Article(msgspec.Struct, frozen=True):
    """As it is given to be linked."""

    id: str
    text: str
    lang: str = "id"
    date: str | None = None
    outlet: str | None = None
    title: str | None = None


class Story(msgspec.Struct, frozen=True):
    """near_misses: articles that look like it and are not of it."""

    id: str
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    near_misses: tuple[Article, ...] = ()


class _Ours(msgspec.Struct, frozen=True):
    """A rendition that was found, with the number of its statement."""

    article: str
    words: Words
    statement: int
    speaker: str | None
    lost: bool
    relation: str


class _Pair(msgspec.Struct, frozen=True):
    """A reader's rendition and the number of ours that stands for it."""

    statement: int
    speaker: str
    rendition: Rendition
    ours: int | None


class _Named(msgspec.Struct, frozen=True):
    """A story whose articles are named by the ids that they have in a gold file."""

    id: str
    articles: tuple[str, ...]
    statements: tuple[Statement, ...]


def read(path: Path, texts: Path) -> tuple[str, list[Story]]:
    """The fingerprint and the stories of a set: a folder with a file a story, or a file whose stories name articles
    that the lines of ``texts`` give.
    """
    if path.is_dir():
        files = [file.read_bytes() for file in sorted(path.glob("s*.json"))]
        return sha256_hex(b"".join(files)), [msgspec.json.decode(file, type=Story) for file in files]
    content, lines = path.read_bytes(), texts.read_bytes()
    given = map(msgspec.json.decode, lines.splitlines())
    articles = {
        row["id"]: Article(row["id"], row["text"], row["lang"], row.get("published"), row.get("outlet"))
        for row in given
    }
    named = msgspec.json.decode(content, type=list[_Named])
    stories = [Story(one.id, tuple(articles[a] for a in one.articles), one.statements) for one in named]
    return sha256_hex(content + lines), stories


def figures(stories: Sequence[Story]) -> dict[str, float]:
    """What has floors: B-cubed F1 of the stories, near misses kept out; links, relations and speakers of statements;
    what was told without its source.
    """
    articles = [one for story in stories for one in (*story.articles, *story.near_misses)]
    linked = link([Given(a.id, a.text, a.lang, a.date or None, a.outlet, a.title) for a in articles])
    ours = list(_ours(linked, {article.id: article.text for article in articles}))
    tally: Counter[str] = Counter()
    for story in stories:
        pairs = list(_pairs(story, ours))
        _count_links(pairs, ours, tally)
        _count_edges(pairs, ours, tally)
    tally["lost_found"] = sum(one.lost for one in ours)
    out = {
        **_stories(stories, linked),
        "links_p": _share(tally["right"], tally["linked"]),
        "links_f1": _share(2 * tally["right"], tally["linked"] + tally["same"]),
        "hard_negatives": _share(tally["apart"], tally["other"]),
        "relation": _share(tally["relation"], tally["edges"]),
        "speaker": _share(tally["speaker"], tally["edges"]),
        "lost_f1": _share(2 * tally["lost"], tally["lost_found"] + tally["lost_gold"]),
    }
    return {name: int(value * 10_000) / 10_000 for name, value in out.items()}


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _stories(stories: Sequence[Story], linked: Linked) -> dict[str, float]:
    gold = {a.id: story.id for story in stories for a in story.articles}
    gold |= {a.id: f"near {a.id}" for story in stories for a in story.near_misses}
    found = {article: story.id for story in linked.stories for article in story.articles}
    precision = recall = 0.0
    for one in gold:
        together = {other for other in gold if found[other] == found[one]}
        meant = {other for other in gold if gold[other] == gold[one]}
        precision += len(together & meant) / len(together) / len(gold)
        recall += len(together & meant) / len(meant) / len(gold)
    out = {"stories_f1": _share(2 * precision * recall, precision + recall)}
    near = [
        (found[miss.id], Counter(found[a.id] for a in story.articles))
        for story in stories
        for miss in story.near_misses
    ]
    if near:
        kept = sum(where != most.most_common(1)[0][0] for where, most in near)
        out["near_misses_kept_out"] = kept / len(near)
    return out


def _ours(linked: Linked, texts: Mapping[str, str]) -> Iterator[_Ours]:
    for number, statement in enumerate(linked.statements):
        relations = {edge.target: edge.relation.value for edge in statement.edges}
        for one in statement.renditions:
            spans = [(span.start, span.end) for span in one.content]
            relation = relations.get(one.id, "reference")
            lost = one.kind.value == "narration" or relation == "unattributed"
            words = _words(texts[one.article], spans)
            yield _Ours(one.article, words, number, statement.speaker, lost, relation)


def _words(text: str, spans: Sequence[tuple[int, int]]) -> Words:
    found = enumerate(_WORD.finditer(text))
    return frozenset(n for n, word in found if any(word.start() < b and word.end() > a for a, b in spans))


def _spans(text: str, contents: Sequence[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for content in contents:
        start = text.find(content, at)
        start = text.find(content) if start < 0 else start
        if start >= 0:
            at = start + len(content)
            yield start, at


def _pairs(story: Story, ours: Sequence[_Ours]) -> Iterator[_Pair]:
    texts = {article.id: article.text for article in story.articles}
    for number, statement in enumerate(story.statements):
        for rendition in statement.renditions:
            text = texts[rendition.article]
            words = _words(text, list(_spans(text, rendition.content)))
            like = [
                (len(words & one.words) / max(1, len(words | one.words)), -n)
                for n, one in enumerate(ours)
                if one.article == rendition.article
            ]
            best, place = max(like, default=(0.0, 0))
            yield _Pair(number, statement.speaker, rendition, -place if best >= OVERLAP else None)


def _together(one: _Pair, other: _Pair, ours: Sequence[_Ours]) -> bool:
    if one.ours is None or other.ours is None or one.ours == other.ours:
        return False
    return ours[one.ours].statement == ours[other.ours].statement


def _count_links(pairs: Sequence[_Pair], ours: Sequence[_Ours], tally: Counter[str]) -> None:
    for one, other in combinations(pairs, 2):
        same, linked = one.statement == other.statement, _together(one, other, ours)
        tally["same"] += same
        tally["linked"] += linked
        tally["right"] += same and linked
        if not same and _name(one.speaker) & _name(other.speaker):
            tally["other"] += 1
            tally["apart"] += not linked
    for one in pairs:
        if "unattributed" in one.rendition.relation or one.rendition.kind == "narration":
            tally["lost_gold"] += 1
            tally["lost"] += one.ours is not None and ours[one.ours].lost


def _count_edges(pairs: Sequence[_Pair], ours: Sequence[_Ours], tally: Counter[str]) -> None:
    """Of the renditions that are linked with the reader's reference: the relation, and who speaks."""
    references = {one.statement: one for one in pairs if one.rendition.relation == "reference"}
    for one in pairs:
        reference = references.get(one.statement)
        if reference is None or one is reference or one.ours is None or reference.ours is None:
            continue
        if ours[one.ours].statement == ours[reference.ours].statement:
            said = [ours[n].relation for n in (one.ours, reference.ours)]
            tally["edges"] += 1
            tally["relation"] += (said[1] if said[0] == "reference" else said[0]) == one.rendition.relation
            tally["speaker"] += bool(_name(one.speaker) & _name(ours[one.ours].speaker))


def _name(name: str | None) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(name or ""))
