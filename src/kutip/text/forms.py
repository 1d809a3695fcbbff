"""The forms of a word that a vocabulary has: what a search for one of them also means."""

from collections.abc import Iterable, Sequence

from kutip.text.fold import fold
from kutip.text.stems import Stemmer

SHORTEST = 4  # letters of a word whose forms are looked for
MOST = 40  # forms of one word


class Forms:
    """Groups the words of a vocabulary by their stem in each language; words that stand alone are left out."""

    def __init__(self, stemmers: Sequence[Stemmer], vocabulary: Iterable[str]) -> None:
        words = [word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()]
        self._stemmers = stemmers
        self.groups = [_groups(stemmer, words) for stemmer in stemmers]

    def of(self, word: str) -> list[str]:
        """Other forms of ``word``, in the order of the vocabulary, at most MOST; case and accents are folded."""
        folded = fold(word)
        if len(folded) < SHORTEST or not folded.isalpha():
            return []
        found = (
            form
            for stemmer, groups in zip(self._stemmers, self.groups, strict=True)
            for form in groups.get(stemmer(folded), ())
            if form != folded
        )
        return list(dict.fromkeys(found))[:MOST]


def _groups(stemmer: Stemmer, words: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(stemmer(word), []).append(word)
    return {stem: forms for stem, forms in groups.items() if len(forms) > 1}
