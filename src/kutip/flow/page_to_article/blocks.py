"""Text to blocks: the paragraphs of a canonical text, each with its role."""

import re

from kutip.flow.page_to_article.credits import is_name_line
from kutip.flow.page_to_article.datelines import dateline_end, inner_datelines, is_dateline_alone
from kutip.flow.page_to_article.furniture import Piece, finder
from kutip.flow.page_to_article.learned import block_key
from kutip.flow.page_to_article.paragraphs import paragraphs
from kutip.flow.page_to_article.published import OTHER_WORDS, date_of_line
from kutip.languages import Pack
from kutip.model import Block, Role

HEADLINE = 200  # characters: a longer first paragraph is no headline
KICKER = 45
SUBHEAD = 90
SENTENCE = 60  # characters: shorter paragraphs may be items of lists, which repeat
LINK = 160  # characters: a longer line below "Related:" is no link
LINKS = 8
TOP = 6  # pieces from the start of the article among which headline, repeats and datelines stand
_FINAL = re.compile(r"[.!?…:;,]['\"”’»)\]]{0,3}$")
_STOP = re.compile(r"\.['\"”’»)\]]{0,3}$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def split_blocks(
    text: str,
    pack: Pack | None,
    headline: str | None = None,
    outlet: str | None = None,
    learned: frozenset[str] = frozenset(),
) -> tuple[Block, ...]:
    """Blocks of ``text`` in order, as spans of it; nothing is shifted.

    pack: the language pack whose signs of furniture are used; None uses position and shape alone. headline,
    outlet: as the page declares them; None where the headline must be recognised and the outlet is not known.
    learned: keys (``block_key``) of what the outlet prints on many pages.
    """
    pieces = _with_links(text, finder(pack).pieces(text, paragraphs(text)))
    if learned:
        pieces = _with_learned(text, pieces, learned)
    if pack:
        pieces = _with_bylines(text, _with_published(text, pieces, pack), pack)
    assembly = _Assembly(text, pieces, headline, outlet)
    assembly.capitals_tell = not (pack and pack.grammar.words.common_capitals)
    return tuple(assembly.run())


def _with_links(text: str, pieces: list[Piece]) -> list[Piece]:
    """The lines below a heading of links get its role."""
    out: list[Piece] = []
    left, role = 0, None
    for piece in pieces:
        if piece.role is not None:
            left, role = (LINKS if piece.heads else 0), piece.role
        elif left and piece.end - piece.start <= LINK and not _ends(text, piece, _STOP):
            left -= 1
            piece = piece._replace(role=role)
        else:
            left = 0
        out.append(piece)
    return out


def _with_learned(text: str, pieces: list[Piece], learned: frozenset[str]) -> list[Piece]:
    return [
        piece._replace(role=Role.FURNITURE)
        if piece.role is None and block_key(text[piece.start : piece.end]) in learned
        else piece
        for piece in pieces
    ]


def _with_published(text: str, pieces: list[Piece], pack: Pack) -> list[Piece]:
    """Lines that are a date get their role; near the top and the bottom a few words may stand beside it."""
    if len(pieces) < 2:
        return pieces
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        edge = i < TOP + 2 or i >= len(pieces) - TOP
        if piece.role is None and date_of_line(
            text, piece.start, piece.end, pack, OTHER_WORDS if edge else 0
        ):
            piece = piece._replace(role=Role.PUBLISHED)
        out.append(piece)
    return out


def _with_bylines(text: str, pieces: list[Piece], pack: Pack) -> list[Piece]:
    """Lines of names below a longer one and beside the date, near the top, get their role."""
    out = list(pieces)
    above = 0  # characters of the last line that is no furniture
    for i, piece in enumerate(pieces[: TOP + 2]):
        if piece.role is not None:
            continue
        length = piece.end - piece.start
        dated = any(p.role is Role.PUBLISHED for p in pieces[max(0, i - 1) : i + 2])
        if dated and above > length and is_name_line(text[piece.start : piece.end], pack):
            out[i] = piece._replace(role=Role.BYLINE)
        above = length
    return out


def _ends(text: str, piece: Piece, pattern: re.Pattern[str]) -> bool:
    return pattern.search(text, max(piece.start, piece.end - 5), piece.end) is not None


def _title_case(words: str) -> bool:
    """Whether most of the longer words are capitalised."""
    long = _LONG_WORD.findall(words)
    return len(long) > 2 and sum(w[0].isupper() for w in long) >= 0.6 * len(long)


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(" .\"'“”").casefold()


class _Assembly:
    """Gives the pieces that are no furniture their roles, from the top."""

    def __init__(self, text: str, pieces: list[Piece], headline: str | None, outlet: str | None) -> None:
        self.text = text
        self.pieces = pieces
        self.outlet = outlet.strip().casefold() if outlet else ""
        self.declared = _plain(headline) if headline else None
        self.capitals_tell = True  # words with capitals make a title
        self.blocks: list[Block] = []
        self.seen: dict[str, int] = {}
        self.headline: str | None = None
        self.open = [i for i, piece in enumerate(pieces) if piece.role is None]
        self.punctuated = self._punctuated()
        self.following: list[Piece | None] = [None] * len(pieces)  # the next piece that is no furniture
        for i in range(len(pieces) - 2, -1, -1):
            self.following[i] = pieces[i + 1] if pieces[i + 1].role is None else self.following[i + 1]

    def run(self) -> list[Block]:
        top = self._top()
        lead = False
        for i, piece in enumerate(self.pieces):
            if piece.role is not None:
                self.blocks.append(Block(piece.start, piece.end, piece.role))
            elif i in top:
                self._add(piece.start, piece.end, top[i])
            else:
                lead = self._article_block(i, piece, lead)
        return self.blocks

    def _article_block(self, i: int, piece: Piece, lead: bool) -> bool:
        """Adds a piece of the article, its dateline apart; returns whether the lead has been seen."""
        start, end, role = piece.start, piece.end, Role.BODY if lead else Role.LEAD
        if not lead and is_dateline_alone(self.text, start, end):
            self._add_dateline(start, end)
            return False
        if lead and self._is_subhead(i, piece):
            role = Role.SUBHEAD
        elif i in self.open[:TOP]:
            start = dateline_end(self.text, start, end, bold=not lead or self._may_be_dated(piece))
            self._add_dateline(piece.start, start)
            for inner_start, inner_end in inner_datelines(self.text, start, end):
                self._add(start, start + len(self.text[start:inner_start].rstrip()), role)
                self._add_dateline(inner_start, inner_end)
                start, role = inner_end, Role.BODY
        self._add(start, end, role)
        return lead or any(block.role is Role.LEAD for block in self.blocks[-3:])

    def _add_dateline(self, start: int, end: int) -> None:
        if start < end:
            self.blocks.append(Block(start, start + len(self.text[start:end].rstrip()), Role.DATELINE))

    def _may_be_dated(self, piece: Piece) -> bool:
        """Whether the piece begins with the outlet, or ends in the words of the block before it."""
        last = self.blocks[-1]
        begin = self.text[piece.start : piece.start + len(self.outlet)].casefold()
        if self.outlet and begin == self.outlet:
            return True
        return self.text[piece.start : piece.end].endswith(self.text[last.start : last.end])

    def _add(self, start: int, end: int, role: Role) -> None:
        """Adds a block; one whose words were printed before becomes a repeat of that one."""
        words = self.text[start:end]
        key = _plain(words)
        first = self.seen.get(key)
        item = role is Role.BODY and (len(key) <= SENTENCE or not _FINAL.search(words[-4:]))
        if first is not None and len(key) > 30 and (not item or self.blocks[first].role is Role.HEADLINE):
            self.blocks.append(Block(start, end, Role.REPEAT, first))
            return
        self.seen.setdefault(key, len(self.blocks))
        self.blocks.append(Block(start, end, role))

    def _top(self) -> dict[int, Role]:
        """Roles of kicker, headline and what stands under it, by piece."""
        first = self.open[:3]
        if not first:
            return {}
        words = [self.text[self.pieces[i].start : self.pieces[i].end] for i in first]
        if self.declared:
            for n, w in enumerate(words):
                if _plain(w) == self.declared:
                    return {**dict.fromkeys(first[:n], Role.KICKER), first[n]: Role.HEADLINE}
        titles = [self._is_title(n, words) for n in range(len(words))]
        if not titles[0]:
            return {}
        shorter = len(words[0]) <= KICKER and len(words[0]) < len(words[-1])
        if len(words) > 2 and titles[1] and shorter and len(words[0]) < len(words[1]):
            return {first[0]: Role.KICKER, first[1]: Role.HEADLINE}
        return {first[0]: Role.HEADLINE}

    def _is_title(self, n: int, words: list[str]) -> bool:
        title = words[n]
        if len(title) > HEADLINE:
            return False
        if self.capitals_tell and _title_case(title):
            return True
        if len(words) == 1 or title[-1] in ",:;" or title[0] in '"“”':
            return False
        if not _STOP.search(title[-4:]):
            return ". " not in title
        following = words[n + 1] if n + 1 < len(words) else ""
        return n == 0 and len(title) <= 120 and dateline_end(following, 0, len(following), bold=False) > 0

    def _is_subhead(self, i: int, piece: Piece) -> bool:
        """A short line without final mark, between paragraphs of a text whose paragraphs have one."""
        text = self.text
        if not self.punctuated or piece.end - piece.start > SUBHEAD:
            return False
        if _ends(text, piece, _FINAL) and text[piece.end - 1] != "?":
            return False
        if not (text[piece.start].isupper() or text[piece.start].isdigit()) or text[piece.end - 1] in "\"”’'":
            return False
        following = self.following[i]
        if following is None or following.end - following.start <= piece.end - piece.start:
            return False
        return _ends(text, following, _FINAL)

    def _punctuated(self) -> bool:
        long = [p for p in (self.pieces[i] for i in self.open) if p.end - p.start > SUBHEAD]
        return bool(long) and sum(_ends(self.text, p, _FINAL) for p in long) >= 0.7 * len(long)
