"""Mentions to actors: which of them are of one person, organisation or document, and why.

A name in a story is one actor. Actors grow from there in three steps, each surer of itself than the next: the
same name; other full names that are alike (spellings, initials, longer forms); short names and acronyms, which
say little by themselves and are understood from the story that they stand in. What speaks for two being
one is the likeness of the names, weakened or strengthened by their roles, by stories and by outlets that they
share. Decisions of people come last and always win. The order of the mentions tells nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kutip.flow.actors.likeness import SAME, SPELLING, Likeness, parts
from kutip.flow.actors.likeness import likeness as likeness_of
from kutip.flow.actors.roles import Role, agree
from kutip.model import SpeakerKind
from kutip.text.fold import fold

JOINED = 0.65  # score from which two are one
SHARED_STORY = 1.15
SAME_ROLE = 1.1
NOTHING_KNOWN = 0.75  # no role on one side at least, and no story in common
OTHER_ROLE_SAME_OUTLET = 0.7
OTHER_ROLE = 0.5  # other roles, no story and no outlet in common
DOMINANT = 0.9  # share of the mentions by a short name that mean one actor, from which the rest does too
KNOWN = 3  # stories, or mentions by a short name, from which one is known enough to be named by it alone
KEPT = frozenset((SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT))


class Mention(msgspec.Struct, frozen=True):
    """A name in an article. roles: as they stand beside it. count: attributions to it. story: any id, or None."""

    article: str
    name: str
    kind: SpeakerKind
    roles: tuple[Role, ...] = ()
    story: int | None = None
    outlet: str | None = None
    day: str | None = None
    count: int = 1


class Decided(msgspec.Struct, frozen=True):
    """A person's decision: the mentions of two names are (merge) or are not (not merge) of one actor.

    one_article, other_article: in which a name is meant; None for all.
    """

    merge: bool
    one: str
    other: str
    one_article: str | None = None
    other_article: str | None = None


class Actor(msgspec.Struct, eq=False):
    """Mentions of one actor. reasons: why each is of it, in the order of the mentions."""

    mentions: list[Mention] = []
    reasons: list[str] = []
    roles: set[Role] = set()
    stories: set[int] = set()
    outlets: set[str] = set()
    names: Counter[str] = msgspec.field(default_factory=Counter)
    kinds: Counter[SpeakerKind] = msgspec.field(default_factory=Counter)

    @property
    def kind(self) -> SpeakerKind:
        """What most of its mentions say that it is."""
        return max(self.kinds, key=lambda kind: (self.kinds[kind], kind))

    def take(self, mention: Mention, reason: str) -> None:
        """Adds a mention."""
        self.mentions.append(mention)
        self.reasons.append(reason)
        self.roles.update(mention.roles)
        self.names[mention.name] += mention.count
        self.kinds[mention.kind] += mention.count
        if mention.story is not None:
            self.stories.add(mention.story)
        if mention.outlet:
            self.outlets.add(mention.outlet)

    def join(self, other: "Actor", reason: str) -> None:
        """Adds the mentions of another actor, which is empty then."""
        for mention, known in zip(other.mentions, other.reasons, strict=True):
            self.take(mention, reason if known == SAME_NAME else known)
        other.mentions, other.reasons = [], []


SAME_NAME = "the same name"
Links = Mapping[tuple[str, str], Likeness]


def resolve(mentions: Iterable[Mention], links: Links, decided: Sequence[Decided] = ()) -> list[Actor]:
    """The actors of these mentions.

    ``links``: likeness of names, both ways, those that are worth a look. Mentions of unnamed speakers and of
    groups are left out; a role in place of a name is understood from its story alone (``roles.holder``).
    """
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=_order):
        if mention.kind in KEPT:
            named[fold(mention.name)].append(mention)
    full = [actor for name, found in named.items() if len(parts(name)) > 1 for actor in _of_one_name(found)]
    full = _merged(full, links)
    short = [
        actor
        for name, found in named.items()
        if len(parts(name)) <= 1
        for actor in _placed(found, full, links)
    ]
    return _decided([actor for actor in full + short if actor.mentions], decided)


def score(likeness: float, one: Actor, other: Actor) -> tuple[float, str]:
    """How sure it is that two are one, 0 to 1.15, and what decided it, for people."""
    if one.stories & other.stories:
        return likeness * SHARED_STORY, "in one story"
    same = agree(one.roles, other.roles)
    if same:
        return likeness * SAME_ROLE, "the same role"
    if same is None:
        return likeness * NOTHING_KNOWN, "no role says otherwise"
    if one.outlets & other.outlets:
        return likeness * OTHER_ROLE_SAME_OUTLET, "other roles, but in one outlet"
    return likeness * OTHER_ROLE, "other roles"


def _why(likeness: Likeness, found: float, what: str) -> str:
    """For people: how like the names are, what decided, and the score of both."""
    return f"{likeness.reason} {likeness.score:.2f}, {what}: {found:.2f}"


def _order(mention: Mention) -> tuple[str, str, str, str]:
    return mention.day or "~", mention.article, mention.name, mention.kind


def _of_one_name(mentions: Sequence[Mention]) -> list[Actor]:
    """One actor for all with a name, unless roles, outlets and stories keep some of them apart.

    Those without a role go to the one in the same outlet, else to the one with most mentions.
    """
    units: dict[object, Actor] = {}
    for n, mention in enumerate(mentions):
        which = mention.story if mention.story is not None else ("alone", n)
        units.setdefault(which, Actor()).take(mention, SAME_NAME)
    out: list[Actor] = []
    for unit in (one for one in units.values() if one.roles):
        same = [one for one in out if score(SAME, one, unit)[0] >= JOINED]
        largest = max([*same, unit], key=_size)
        for other in [*same, unit]:
            if other is not largest:
                largest.join(other, SAME_NAME)
        out = [one for one in out if one.mentions]
        if largest is unit:
            out.append(unit)
    for unit in (one for one in units.values() if one.mentions and not one.roles):
        near = [one for one in out if one.outlets & unit.outlets] or out
        if near:
            max(near, key=_size).join(unit, SAME_NAME)
        else:
            out.append(unit)
    return out


def _size(actor: Actor) -> int:
    return len(actor.mentions)


def _merged(actors: list[Actor], links: Links) -> list[Actor]:
    """Actors with names that are alike as one, the surest first; a name that fits several waits for a better sign."""
    pairs = []
    for a, b in _linked(actors, links):
        likeness = _likeness(actors[a], actors[b], links)
        if likeness.score and (found := score(likeness.score, actors[a], actors[b]))[0] >= JOINED:
            pairs.append((-found[0], a, b, _why(likeness, *found)))
    fits = Counter(n for _, *pair, _ in pairs for n in pair)
    parent = list(range(len(actors)))
    for minus, a, b, reason in sorted(pairs):
        unsure = -minus <= SAME * NOTHING_KNOWN and max(fits[a], fits[b]) > 1
        one_root, other_root = _root(parent, a), _root(parent, b)
        if one_root != other_root and not unsure:
            actors[one_root].join(actors[other_root], reason)
            parent[other_root] = one_root
    return [actor for actor in actors if actor.mentions]


def _linked(actors: Sequence[Actor], links: Links) -> set[tuple[int, int]]:
    """Pairs of actors (by number, the lower one first) with names that are linked."""
    called: dict[str, list[int]] = defaultdict(list)
    for number, actor in enumerate(actors):
        for name in actor.names:
            called[name].append(number)
    return {
        (a, b) for one, other in links for a in called.get(one, ()) for b in called.get(other, ()) if a < b
    }


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        n = parent[n]
    return n


def _likeness(one: Actor, other: Actor, links: Links) -> Likeness:
    none = Likeness(0.0, "")
    if one.kind is not other.kind:
        return none
    found = (links[pair] for a in one.names for b in other.names if (pair := (a, b)) in links)
    best = max(found, key=lambda likeness: likeness.score, default=none)
    # Organisations are called by common words, of which two that differ in a letter are two.
    return none if one.kind is SpeakerKind.ORGANISATION and best.score == SPELLING else best


def _placed(mentions: Sequence[Mention], full: Sequence[Actor], links: Links) -> list[Actor]:
    """Mentions by a short name, each given to whom it means; the others are actors by that name.

    Where nearly all that can be told mean one actor, the others mean it too, unless their roles are others.
    """
    named = Actor()
    for mention in mentions:
        named.take(mention, "")
    fitting = [(one, likeness) for one in full if (likeness := _likeness(named, one, links)).score]
    told: list[Actor] = []
    left = []
    for mention in mentions:
        found = _meant(mention, fitting)
        if found is None:
            left.append(mention)
        else:
            found[0].take(mention, found[1])
            told.append(found[0])
    usual = max(fitting, key=lambda one: (told.count(one[0]), _size(one[0])), default=None)
    if usual is not None and told.count(usual[0]) >= max(KNOWN, DOMINANT * len(told)):
        roles = usual[0].roles
        for mention in [m for m in left if agree(frozenset(m.roles), roles) is not False]:
            usual[0].take(mention, f"{usual[1].reason}; nearly always meant by it")
            left.remove(mention)
    return _of_one_name(left) if left else []


def _meant(mention: Mention, fitting: Sequence[tuple[Actor, Likeness]]) -> tuple[Actor, str] | None:
    """Whom a short name means: the one in the same story, else with the same role, else the one who is known for it."""
    unit = Actor()
    unit.take(mention, "")
    scored = [(*score(likeness.score, unit, actor), actor, likeness) for actor, likeness in fitting]
    sure = [one for one in scored if one[0] >= JOINED]
    for best in (
        [one for one in sure if unit.stories & one[2].stories],
        [one for one in sure if one[0] > SAME * NOTHING_KNOWN],
        [one for one in sure if len(one[2].stories) >= KNOWN],
    ):
        if len(best) == 1:
            found, why, actor, likeness = best[0]
            return actor, _why(likeness, found, why)
        if best:
            return None
    return None


def _decided(actors: list[Actor], decided: Sequence[Decided]) -> list[Actor]:
    """Decisions in their order, so that the later of two holds."""
    for decision in decided:
        if decision.merge:
            found = [a for a in actors if any(_is(m, decision.one, decision.one_article) for m in a.mentions)]
            found += [
                a for a in actors
                if a not in found and any(_is(m, decision.other, decision.other_article) for m in a.mentions)
            ]  # fmt: skip
            for other in found[1:]:
                found[0].join(other, "a decision")
        else:
            actors += _split(actors, decision)
        actors = [actor for actor in actors if actor.mentions]
    return actors


def _split(actors: Sequence[Actor], decision: Decided) -> list[Actor]:
    """Takes the mentions of ``other`` out of actors that have ``one``."""
    out = []
    for actor in actors:
        if not any(_is(m, decision.one, decision.one_article) for m in actor.mentions):
            continue
        apart, rest = Actor(), Actor()
        for mention, reason in zip(actor.mentions, actor.reasons, strict=True):
            if _is(mention, decision.other, decision.other_article) or _goes_along(mention, decision):
                apart.take(mention, "a decision")
            else:
                rest.take(mention, reason)
        if apart.mentions and rest.mentions:
            actor.mentions, actor.reasons = [], []
            out += [rest, apart]
    return out


def _goes_along(mention: Mention, decision: Decided) -> bool:
    """Whether a name is a form of the one that is split off and none of the one that it is split from."""
    if decision.other_article is not None or len(parts(mention.name)) > 1:
        return False
    return (
        likeness_of(mention.name, decision.other).score
        >= JOINED
        > likeness_of(mention.name, decision.one).score
    )


def _is(mention: Mention, name: str, article: str | None) -> bool:
    return fold(mention.name) == fold(name) and article in (None, mention.article)
