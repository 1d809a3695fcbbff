"""Articles ready to be compared, as bytes and back. Weights are as they were when the article came."""

from array import array
from collections.abc import Sequence

import msgspec

from kutip.flow.articles_to_stories.score import Indexed
from kutip.flow.articles_to_stories.weights import Vector

_PARTS = ("title", "lead", "body", "names")
_PLAIN = ("lang", "day", "said", "headline", "voices", "speakers")


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """numbers, weights: of the four vectors, one after the other; lengths: of each."""

    lang: str
    day: int | None
    said: int | None
    headline: float
    voices: tuple[tuple[str, str, float], ...]
    speakers: tuple[str, ...]
    naming: tuple[str, ...]
    lengths: tuple[int, ...]
    numbers: bytes
    weights: bytes
    sketch: bytes


METHOD = f"4 {' '.join(_Packed.__struct_fields__)}"
"""By what stories are made. Vectors of another method cannot be compared with those of this one."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Packed).decode


def packed(article: Indexed, sketch: Sequence[int]) -> bytes:
    """An article and the sketch of its word runs."""
    vectors = [getattr(article, part) for part in _PARTS]
    return _encode(
        _Packed(
            **{name: getattr(article, name) for name in _PLAIN},
            naming=tuple(sorted(article.naming)),
            lengths=tuple(len(vector.numbers) for vector in vectors),
            numbers=b"".join(array("I", vector.numbers).tobytes() for vector in vectors),
            weights=b"".join(array("f", vector.weights).tobytes() for vector in vectors),
            sketch=array("I", sketch).tobytes(),
        )
    )


def unpacked(raw: bytes) -> tuple[Indexed, frozenset[int]]:
    """The reverse of ``packed``."""
    kept = _decode(raw)
    article = Indexed.__new__(Indexed)
    for name in _PLAIN:
        setattr(article, name, getattr(kept, name))
    article.naming = frozenset(kept.naming)
    numbers, weights = array("I", kept.numbers), array("f", kept.weights)
    at = 0
    for part, length in zip(_PARTS, kept.lengths, strict=True):
        vector = Vector.__new__(Vector)
        vector.numbers, vector.weights = numbers[at : at + length], weights[at : at + length]
        setattr(article, part, vector)
        at += length
    return article, frozenset(array("I", kept.sketch))
