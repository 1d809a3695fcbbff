"""Scores how statements are joined across Indonesian and English.

    python -m eval.translated [FILE.jsonl] [--crosslingual] [--errors]

Each row of the file is what a speaker said in a story, in both languages, or in one: a hard negative, like a statement
of the other language by the same speaker on the same topic. An Indonesian and an English article are made of each
story, the statements of the second in another order, half of them quoted and half reported.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import msgspec

from kutip.flow.article_to_attributions.step import find_attributions
from kutip.flow.attributions_to_statements.step import Linking, make_statements
from kutip.flow.attributions_to_statements.units import StoryArticle
from kutip.flow.page_to_article.blocks import split_blocks
from kutip.languages import load
from kutip.model import Rendition
from kutip.store.encoder import sentence_encoder

FILE = Path(__file__).parent / "translated_statements.jsonl"
FORMS = {
    "id": ("“{said},” kata {speaker}.", "{speaker} mengatakan bahwa {told}."),
    "en": ("“{said},” said {speaker}.", "The {speaker} said that {told}."),
}


class Row(msgspec.Struct, frozen=True):
    """What was said. speaker: with role, in each language."""

    story: str
    speaker: dict[str, str]
    id: str | None = None
    en: str | None = None

    def said(self, lang: str) -> str | None:
        """The words in a language."""
        return {"id": self.id, "en": self.en}[lang]


class Found(msgspec.Struct, frozen=True):
    """Pairs of an Indonesian and an English statement: those that were joined and those that are one."""

    joined: frozenset[tuple[str, str]]
    gold: frozenset[tuple[str, str]]

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        right = len(self.joined & self.gold)
        p, r = right / max(1, len(self.joined)), right / max(1, len(self.gold))
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


def read(path: Path = FILE) -> list[Row]:
    """The rows of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Row) for line in lines if line.strip()]


def measure(rows: Sequence[Row], options: Linking | None = None) -> Found:
    """What is joined of the stories of ``rows``."""
    joined: set[tuple[str, str]] = set()
    for _, group in groupby(rows, key=lambda row: row.story):
        joined |= set(_joined(list(group), options))
    gold = frozenset((row.id, row.en) for row in rows if row.id and row.en)
    return Found(frozenset(joined), gold)


def _joined(rows: Sequence[Row], options: Linking | None) -> Iterator[tuple[str, str]]:
    articles = [_article(rows, lang) for lang in FORMS]
    found = make_statements(articles, [load(lang) for lang in FORMS], options)
    for statement in found:
        mine: dict[str, list[str]] = {lang: [] for lang in FORMS}
        for rendition in statement.renditions:
            text = next(one.text for one in articles if one.id == rendition.article)
            mine[rendition.article] += _meant(rows, rendition, text)
        yield from ((one, other) for one in mine["id"] for other in mine["en"])


def _meant(rows: Sequence[Row], rendition: Rendition, text: str) -> list[str]:
    words = " ".join(span.of(text) for span in rendition.content).casefold()
    said = (row.said(rendition.article) for row in rows)
    return [one for one in said if one and (one.casefold() in words or words in one.casefold())]


def _article(rows: Sequence[Row], lang: str) -> StoryArticle:
    """The article of a language; the second language has an order of its own."""
    chosen = [row for row in rows if row.said(lang)]
    if lang != next(iter(FORMS)):
        chosen.sort(key=lambda row: sha256(str(row.said(lang)).encode()).digest())
    text = "\n\n".join(_sentence(row, lang, number) for number, row in enumerate(chosen))
    pack = load(lang)
    blocks = split_blocks(text, pack)
    return StoryArticle(lang, text, blocks, find_attributions(text, blocks, pack), None, lang)


def _sentence(row: Row, lang: str, number: int) -> str:
    said = str(row.said(lang))
    told = said[0].lower() + said[1:] if not said.startswith(("We ", "Our ", "My ", "Kami ")) else said
    return FORMS[lang][number % 2].format(said=said, told=told, speaker=row.speaker[lang])


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.translated", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--crosslingual", action="store_true", help="with the encoder of kutip[crosslingual]")
    parser.add_argument("--errors", action="store_true", help="show what was joined wrongly and not joined")
    given = parser.parse_args(arguments)
    encoder = sentence_encoder() if given.crosslingual else None
    found = measure(read(given.file), Linking(encoder=encoder))
    p, r, f1 = found.figures
    print(f"{encoder.name if encoder else 'glosses alone'}: P {p:.3f} R {r:.3f} F1 {f1:.3f}")
    if given.errors:
        for name, pairs in (("WRONG", found.joined - found.gold), ("MISSED", found.gold - found.joined)):
            print("\n".join(f"{name}  {one}  ~  {other}" for one, other in sorted(pairs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
