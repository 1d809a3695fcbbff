"""``furniture.toml``: what is printed around an article and is not the article.

Phrases are written in lower case; case in the text does not matter. ``*`` stands for up to 120 characters of
the same line. A phrase that ends in a letter or digit ends at the end of a word.
"""

import re

import msgspec

from kutip.model import Role


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the furniture of one role is known.

    starts: a paragraph begins so. labels: a short line that begins so and is no sentence ("editor:"). alone:
    the paragraph is this and nothing else. ends: a short line ends so. heads: alone on a line, the link lines
    below belong to it. shapes: regular expressions for a whole short line. tails: regular expressions for the
    end of a paragraph, which is cut off.

    Inside a paragraph, which is cut around it: inside: the phrase. inside_title: the phrase and the title
    after it. inside_rest: from the phrase to the next furniture or the end of the paragraph.
    """

    starts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    inside_title: tuple[str, ...] = ()
    inside_rest: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for pattern in (*self.shapes, *self.tails):
            try:
                groups = re.compile(pattern).groups
            except re.error as error:
                raise ValueError(f"the pattern {pattern!r} is no regular expression: {error}") from error
            if groups:
                raise ValueError(f"the pattern {pattern!r} has a capturing group; write (?:…)")
        for name in ("starts", "labels", "alone", "ends", "heads", "inside", "inside_title", "inside_rest"):
            for phrase in getattr(self, name):
                if phrase != phrase.lower() or not phrase.strip("* "):
                    raise ValueError(f"{name}: the phrase {phrase!r} must be lower case and hold a word")


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """roles: the signs of each role. small_words: words that stay in lower case within a title. authors: what
    stands before the author's name in a byline or a line of editors. part_numbers: what addresses call the number
    of a page of an article over several pages ("?page=2", "/page/2")."""

    roles: dict[Role, Signs] = {}
    small_words: str = ""
    authors: tuple[str, ...] = ()
    part_numbers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        seen: dict[str, Role] = {}
        for role, signs in self.roles.items():
            for phrase in {*signs.starts, *signs.labels, *signs.alone, *signs.heads}:
                if seen.setdefault(phrase, role) is not role:
                    raise ValueError(
                        f"the phrase {phrase!r} stands for {seen[phrase]} and for {role}; keep one"
                    )
