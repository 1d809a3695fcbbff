"""Furniture: which paragraphs, and which parts of them, are printed around an article."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from kutip.languages import Pack
from kutip.languages.furniture import Furniture
from kutip.model import Role
from kutip.text.normalise import lowered

LONGEST = 500  # characters: a longer paragraph that begins like furniture is not furniture
LINE = 60  # characters: a longer line of furniture does not end like a sentence
_STOPS = '.!?,;:"”’'
SHORT = 200  # characters: labels, endings and shapes are looked for in shorter lines only
WILD = 120  # characters that "*" may stand for
TITLE = 200  # characters: the longest title of a related article
_FIRST = re.compile(r"[^\W_]+|\S")
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)\]]*$")


class Piece(NamedTuple):
    """``text[start:end]``; role None: part of the article. ``heads``: link lines may follow."""

    start: int
    end: int
    role: Role | None
    heads: bool = False


class _Phrase(NamedTuple):
    parts: tuple[str, ...]
    key: str  # the field of Signs that it comes from
    role: Role

    def match(self, lower: str, start: int, end: int) -> int:
        """Where the phrase ends if it stands at ``start``, else -1."""
        at = start
        for number, part in enumerate(self.parts):
            found = at if number == 0 else lower.find(part, at, min(end, at + WILD + len(part)))
            if found < 0 or not lower.startswith(part, found) or found + len(part) > end:
                return -1
            at = found + len(part)
        last = self.parts[-1][-1]
        return -1 if last.isalnum() and at < end and lower[at].isalnum() else at


class Finder:
    """The signs of a language, compiled for lookup by the first word of a paragraph."""

    def __init__(self, furniture: Furniture) -> None:
        self.by_first: dict[str, list[_Phrase]] = {}
        self.inside: list[_Phrase] = []
        self.endings: dict[str, Role] = {}
        shapes: list[str] = []
        tails: list[str] = []
        self.shape_roles: list[Role] = []
        self.tail_roles: list[Role] = []
        for role, signs in furniture.roles.items():
            for key in ("heads", "alone", "labels", "starts"):
                for phrase in getattr(signs, key):
                    first = _FIRST.match(phrase)
                    entry = _Phrase(tuple(phrase.split("*")), key, role)
                    self.by_first.setdefault(first[0] if first else "", []).append(entry)
            for key in ("inside", "inside_title", "inside_rest"):
                self.inside += [_Phrase((phrase,), key, role) for phrase in getattr(signs, key)]
            self.endings |= dict.fromkeys(signs.ends, role)
            shapes += [f"({pattern})" for pattern in map(_no_groups, signs.shapes)]
            self.shape_roles += [role] * len(signs.shapes)
            tails += [f"({pattern})" for pattern in map(_no_groups, signs.tails)]
            self.tail_roles += [role] * len(signs.tails)
        self.inside.sort(key=lambda phrase: -len(phrase.parts[0]))
        self.ends = tuple(self.endings)
        self.shapes = re.compile("|".join(shapes)) if shapes else None
        self.tails = re.compile(rf"(?:{'|'.join(tails)})$") if tails else None
        self.small_words = frozenset(furniture.small_words.split())

    def pieces(self, text: str, paragraphs: list[tuple[int, int]]) -> list[Piece]:
        """The paragraphs cut into what is furniture and what is not, in order."""
        lower = lowered(text)
        hits = self._inside_hits(lower)
        out: list[Piece] = []
        for start, end in paragraphs:
            known = self._whole(text, lower, start, end)
            if known:
                out.append(known)
                continue
            within = hits and hits[bisect_left(hits, start, key=_place) : bisect_left(hits, end, key=_place)]
            for piece in self._cut(text, lower, start, end, within) if within else [Piece(start, end, None)]:
                out += self._cut_tail(text, piece) if piece.role is None else [piece]
        return out

    def _inside_hits(self, lower: str) -> list[tuple[int, int, _Phrase]]:
        """(start, end, phrase) of everything to cut out, in order, the longest phrase at each place."""
        found: dict[int, tuple[int, int, _Phrase]] = {}
        for phrase in self.inside:
            words = phrase.parts[0]
            at = lower.find(words)
            while at >= 0:
                end = phrase.match(lower, at, len(lower))
                if end > 0 and (at == 0 or not lower[at - 1].isalnum()):
                    found.setdefault(at, (at, end, phrase))
                at = lower.find(words, at + len(words))
        return [found[at] for at in sorted(found)]

    def _whole(self, text: str, lower: str, start: int, end: int) -> Piece | None:
        """The paragraph as furniture, if all of it is."""
        if end - start > LONGEST:
            return None
        first = _FIRST.match(lower, start)
        for phrase in self.by_first.get(first[0], ()) if first else ():
            stop = phrase.match(lower, start, end)
            if stop < 0:
                continue
            rest = lower[stop:end].strip(" .:!*-–—|")
            if phrase.key == "starts":
                return (
                    None if self._holds_title(phrase, lower, start, end) else Piece(start, end, phrase.role)
                )
            if phrase.key in ("alone", "heads") and not rest:
                return Piece(start, end, phrase.role, phrase.key == "heads")
            if phrase.key == "labels" and end - start <= SHORT and not _SENTENCE_END.search(text[stop:end]):
                return Piece(start, end, phrase.role)
        if end - start > SHORT:
            return None
        line = lower[start:end]
        if line.endswith(self.ends):
            return Piece(start, end, next(r for e, r in self.endings.items() if line.endswith(e)))
        if end - start > LINE and text[end - 1] in _STOPS and text[end - 2] not in ")]":
            return None  # a sentence with its mark: no shape ends so
        shape = self.shapes.fullmatch(text, start, end) if self.shapes else None
        return Piece(start, end, self.shape_roles[(shape.lastindex or 1) - 1]) if shape else None

    def _holds_title(self, phrase: _Phrase, lower: str, start: int, end: int) -> bool:
        """A long paragraph that begins with a link: only its title is furniture."""
        return end - start > TITLE and any(
            p.key == "inside_title" and p.match(lower, start, end) > 0 for p in self.inside
        )

    def _cut(
        self, text: str, lower: str, start: int, end: int, hits: list[tuple[int, int, _Phrase]]
    ) -> list[Piece]:
        out: list[Piece] = []
        at = start
        for number, (found, stop, phrase) in enumerate(hits):
            if found < at:
                continue
            limit = hits[number + 1][0] if number + 1 < len(hits) else end
            if phrase.key == "inside_title":
                stop = self._title_end(text, stop, min(limit, stop + TITLE))
            elif phrase.key == "inside_rest":
                stop = limit
            out += _stripped(text, at, found, None) + _stripped(text, found, stop, phrase.role)
            at = stop
        return out + _stripped(text, at, end, None)

    def _cut_tail(self, text: str, piece: Piece) -> list[Piece]:
        if self.tails is None or text[piece.end - 1] != ")":
            return [piece]
        opened = text.rfind("(", max(piece.start, piece.end - SHORT), piece.end)
        tail = self.tails.match(text, opened, piece.end) if opened > piece.start else None
        if tail is None or not _SENTENCE_END.search(text[piece.start : opened].rstrip()[-4:]):
            return [piece]
        role = self.tail_roles[(tail.lastindex or 1) - 1]
        return [*_stripped(text, piece.start, opened, None), Piece(opened, piece.end, role)]

    def _title_end(self, text: str, start: int, limit: int) -> int:
        """Where a title printed inside a paragraph ends and the article goes on.

        A title in title case ends before the last capitalised word ahead of a lower-case one; any other
        before the first capitalised word that follows a lower-case one that is no small word. Either ends at
        a quotation.
        """
        words = list(_WORD.finditer(text, start, limit))
        heads = [w[0].strip("()[],.:;!?\"'“”‘’") for w in words]
        lower = [h[:1].islower() and h.lower() not in self.small_words for h in heads]
        title_case = not any(lower[:3])
        for i in range(3, len(words)):
            if words[i][0][0] in '"“”‘':
                return words[i].start()
            if title_case and lower[i]:
                head = next((j for j in range(i - 1, 2, -1) if heads[j][:1].isupper()), i)
                return words[head].start()
            if not title_case and lower[i - 1] and heads[i].istitle() and heads[i].isalpha():
                return words[i].start()
            if text[words[i - 1].end() - 1] in ".?!" and heads[i][:1].isupper():
                return words[i].start()
        return limit


@lru_cache(maxsize=32)
def _finder(furniture: Furniture) -> Finder:
    return Finder(furniture)


def finder(pack: Pack | None) -> Finder:
    """The compiled signs of a pack, made once; without a pack nothing is furniture."""
    return _finder(pack.furniture) if pack else _finder(_NONE)


_NONE = Furniture()


def _place(hit: tuple[int, int, _Phrase]) -> int:
    return hit[0]


def _no_groups(pattern: str) -> str:
    """Scopes a leading ``(?i)`` to its own pattern, so that patterns can be joined."""
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else f"(?:{pattern})"


def _stripped(text: str, start: int, end: int, role: Role | None) -> list[Piece]:
    """The piece without edge whitespace; none where nothing is left but marks."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(map(str.isalnum, text[start:end])):
        return []
    return [Piece(start, end, role)]
