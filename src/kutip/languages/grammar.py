"""``words.toml``, ``cues.toml`` and ``frames.toml``: how a language reports speech.

Patterns are regular expressions over classes, not over characters. In a pattern
  ``<say>``        is one unit of the class ``say``; ``<say|think>`` of either; ``<^comma>`` of any other;
  ``{subject}``    is a macro, put in as a group; a macro may use macros written above it;
  ``<say:cue>``    and ``{subject:source}`` also name what was matched (roles: cue, source, content, content2, …);
  the rest (``* + ? | ( ) ^ $``) is regular-expression syntax, blanks are ignored.
"""

from typing import Literal

import msgspec

from kutip.languages.inflect import Inflected, Paradigm
from kutip.model import Force, Role, SpeakerKind


class Affix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A guess for words in no list: those that begin and end so, at least ``length`` letters long, are of ``cls``."""

    cls: str
    prefix: str = ""
    suffix: str = ""
    length: int = 1


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words.toml``: classes of words.

    classes: name of a class to its words, separated by blanks; ``_`` stands for the blank inside one entry. Earlier
    classes win over later ones. abbreviations: words that a full stop belongs to. suffixes: clitics that a word may
    carry and be looked up without ("'s"), with what the class becomes: {suffix: {class: class}}. affixes: guesses
    by form. paradigms: how words are inflected. inflected: classes by base form, read after the cues (which win).
    clitics: endings that are split off as units of their own, with their class ("'s"). capitalised: classes whose
    words may be written with a capital within a sentence and keep their class (titles, organisations, months);
    others become names there. proper: classes whose words count only with a capital. forenames: given names that open
    a name and are not left out of it. starters: classes that, with a capital after a lower-case word, begin a sentence
    whose full stop before it was lost. negation, condition, openers: words that negate what is said or put it under
    a condition, unless one of the openers of clauses stands before them. ordinals: classes before which a full stop
    after a number ends no sentence ("3. Oktober"). name_endings: what a name may end in for its case; taken off
    where the article has the name without ("Webers"). common_capitals: common nouns are written with a capital too.
    beyond: classes that, within a source, lead from its head to somebody else (prepositions and relative pronouns,
    where the name stands before them). kinds: which classes, standing in a source, make the speaker of which kind.
    offices: short names of offices to the long ones that their holders may be given with.
    pronouns: classes that stand for a speaker named elsewhere.
    """

    classes: dict[str, str]
    abbreviations: str = ""
    suffixes: dict[str, dict[str, str]] = {}
    affixes: list[Affix] = []
    paradigms: dict[str, Paradigm] = {}
    inflected: list[Inflected] = []
    clitics: dict[str, str] = {}
    capitalised: list[str] = []
    proper: list[str] = []
    forenames: str = ""
    starters: list[str] = []
    negation: str = ""
    condition: str = ""
    openers: str = ""
    ordinals: list[str] = []
    name_endings: str = ""
    common_capitals: bool = False
    beyond: list[str] = []
    offices: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell that something was said: their class (which decides the frames) and their force.

    With a ``paradigm`` the words are base forms, and each form has the class ``cls_form``.
    """

    cls: str
    force: Force
    words: str
    speaker_kind: SpeakerKind | None = None
    paradigm: str = ""


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``cues.toml``."""

    cue: list[Cue]


class Chunk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A run of classes that becomes one unit of the class ``name``."""

    name: str
    pattern: str
    example: str = ""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One pass over the units: its chunks are tried at each place in order; what none matches stays as it is."""

    name: str
    chunk: list[Chunk]


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to report speech, over the units of a sentence.

    For each cue the frames that name its class are tried in order and the first that fits wins. content: "pattern"
    (the groups named content), "previous" (what the sentence or quotation before says: "Hal ini disampaikan X"),
    "following" (the quotation that opens the next paragraph) or "block" (all that follows in the paragraph: a turn of
    a transcript).
    confidence: how sure the frame alone is, 0 to 1. roles: only in blocks of these roles (empty: in all).
    kinds: only speakers of these kinds (empty: all).
    speaker: "source", "next" when the frame names nobody and the next speaker is meant, or "nobody" when it tells of
    saying without a word of who spoke.
    """

    name: str
    example: str
    pattern: str
    content: Literal["pattern", "previous", "following", "block"] = "pattern"
    confidence: float = 0.9
    force: Force | None = None
    roles: list[Role] = []
    speaker: Literal["source", "next", "nobody"] = "source"
    kinds: list[SpeakerKind] = []


class Satellite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around source, cue and content.

    role: via, to, venue, date, or pickup (the day on which an outlet took it up, which is not that of saying). The
    group ``value`` of the pattern is what is taken. after_cue: only where it stands after the cue.
    """

    role: Literal["via", "to", "venue", "date", "pickup"]
    pattern: str
    example: str = ""
    after_cue: bool = False


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``frames.toml``: macros, levels of chunks, frames, satellites.

    sets: names for several classes (or sets above), separated by blanks; ``<set>`` is any of them; the set
    ``relativiser`` opens relative clauses, which describe a speaker; a sentence is about the chunk of the set ``theme``
    that it begins with; a few words in quotation marks that begin with one of the set ``predicate`` are part of a
    clause and no name. nested: whether reports within what is reported count on their own.
    """

    macros: dict[str, str]
    level: list[Level]
    frame: list[Frame]
    satellite: list[Satellite] = []
    sets: dict[str, str] = {}
    nested: bool = True


class Grammar(msgspec.Struct, frozen=True):
    """The three files together."""

    words: Words
    cues: Cues
    frames: Frames
