"""``matching.toml`` and ``gloss.toml``: what a language adds to comparing texts by their words."""

import msgspec

NOT, NONE = "not", "none"
# What an operator is made of: "not", "none" (not a single one: the predicate behind it is negated too), and kinds of
# modality. The outermost stands first, "|" stands between two that one word may mean: "may" is "chance|allowed".
OPERATORS = (
    NOT,
    NONE,
    "ability",
    "allowed",
    "duty",
    "chance",
    "certain",
    "will",
    "wish",
    "advice",
    "yet",
    "agreed",
)


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A prefix that may be taken off.

    form: its letters. before: letters one of which must follow ("" for any). keep: what stays in its place.
    suffix: taken off only where the word also ends so ("" for always): a prefix that is one only in a pair.
    """

    form: str
    before: str = ""
    keep: str = ""
    suffix: str = ""


class Suffix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A suffix that may be taken off; ``keep`` stays in its place.

    bound: taken off only after a prefix was ("-i" of "mengakhiri", but not of "polisi"). never_after: letters
    after which the form is no suffix ("s" after another "s").
    """

    form: str
    keep: str = ""
    bound: bool = False
    never_after: str = ""


class Stemming(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How forms of one word become one key. The key is no dictionary word: it only has to be the same.

    clitics, then prefixes, then suffixes: of each the first that fits. shortest: letters that must be left.
    initials: sounds at the start of what is left that count as one, for languages whose prefixes melt with
    the first sound (longest first). finals: letters dropped at the end; undouble: a doubled last consonant
    counts once.
    """

    clitics: str = ""
    prefixes: tuple[Prefix, ...] = ()
    suffixes: tuple[Suffix, ...] = ()
    shortest: int = 3
    initials: tuple[tuple[str, str], ...] = ()
    finals: str = ""
    undouble: bool = False


class NumberWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How numbers are written.

    decimal, group: the marks inside figures. ones: words to their value. tens: words that multiply what
    stands before them by ten and up ("puluh", "ratus"). magnitudes: the same for thousands and up. teens:
    words that add ten ("belas"). units: words and signs, before or behind a number, to the name of a unit.
    """

    decimal: str = "."
    group: str = ","
    ones: dict[str, int] = {}
    tens: dict[str, int] = {}
    teens: str = ""
    joiners: str = ""
    magnitudes: dict[str, int] = {}
    units: dict[str, str] = {}


class Matching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``matching.toml``.

    stop: words that say nothing of what a text is about. Purpose: comparing articles and statements by
    content; never use it to find speech. news: words that any news text may carry (titles, reporting,
    weekdays): they count, but for less. operators: what words say of the word behind them, whether it is so and
    how surely ("not allowed"; see OPERATORS), to the words that say it; no negation where a word of not_only
    stands right behind ("not only"). doubts: words beside which it cannot be told whether something is so
    ("denies", "false"), in any form. openers: words that open a clause inside a sentence. hedges: words that make
    a number or a claim approximate, each to its kind.
    """

    stop: str = ""
    news: str = ""
    synonyms: tuple[str, ...] = ()
    stemming: Stemming = Stemming()
    numbers: NumberWords = NumberWords()
    operators: dict[str, str] = {}
    not_only: str = ""
    doubts: str = ""
    openers: str = ""
    hedges: dict[str, str] = {}

    def __post_init__(self) -> None:
        for operator in self.operators:
            for part in operator.replace("|", " ").split():
                if part not in OPERATORS:
                    raise ValueError(f"operators: {part!r} of {operator!r} is none of {', '.join(OPERATORS)}")


class Gloss(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``gloss.toml``: words to words of a pivot language, so that articles in two languages can be compared.

    pivot: the folder of the pivot language; "" where this language is the pivot. words: a pivot word to the
    words of this language that mean it, separated by blanks.
    """

    pivot: str = ""
    words: dict[str, str] = {}
