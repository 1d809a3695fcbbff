"""Articles and attributions by hand, as a record would give them."""

import msgspec

from kutip.model import (
    Article,
    Attribution,
    Block,
    Dated,
    Force,
    Kind,
    Role,
    Span,
    SpeakerKind,
    content_id,
    sha256_hex,
)


class Kept(msgspec.Struct, frozen=True):
    id: str
    attribution: Attribution
    repeat_of: str | None = None


class Told(msgspec.Struct, frozen=True):
    article: Article
    attributions: tuple[Kept, ...] = ()


def article(text: str, roles: tuple[Role, ...] = (), **fields: object) -> Article:
    """An article whose blocks are the lines of ``text``, with these roles and then body."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block(at, at + len(line), roles[number] if number < len(roles) else Role.BODY))
        at += len(line) + 1
    sha256 = sha256_hex(text.encode("utf-8", "surrogatepass"))
    given = Article(id=content_id("article", text), text=text, sha256=sha256, blocks=tuple(blocks), lang="id")
    return msgspec.structs.replace(given, **fields)


def said(
    text: str, words: str, cue: str | None = None, source: str | None = None, **fields: object
) -> Attribution:
    """An attribution whose spans are the first places of these words in ``text``."""
    given = Attribution(
        kind=Kind.INDIRECT,
        content=(place(text, words),),
        cue=place(text, cue) if cue else None,
        source=place(text, source) if source else None,
        speaker=source,
        speaker_kind=SpeakerKind.PERSON,
        via=(),
        to="",
        said_on=None,
        force=Force.SAYS,
        negated=False,
        confidence=0.9,
        rule="by-hand",
    )
    return msgspec.structs.replace(given, **fields)


def place(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def told(given: Article, *attributions: Attribution) -> Told:
    return Told(given, tuple(Kept(f"a1{n:016x}", a) for n, a in enumerate(attributions)))


def on(value: str, precision: str = "day") -> Dated:
    return Dated(value, precision, value, "declared")
