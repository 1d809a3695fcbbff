"""Words to the keys by which texts are compared: stems, with words that say nothing left out.

A word that the pack's gloss knows gets the key of its pivot word, so that "Rusia" and "Russia" are one key
and articles in two languages can be compared; within one language this changes nothing but that synonyms fall
together.
"""

from kutip.languages import Pack, load
from kutip.text.stems import Stemmer


class Keys(dict[str, str]):
    """A word in lower case to its key, "" for a stop word; worked out at first use, then looked up.

    news: keys of words that any news text may carry. pivots: keys that stand for words of the pivot language.
    """

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.stem = Stemmer(pack.matching.stemming)
        self._stop = frozenset(pack.matching.stop.split())
        self._same = _same(pack, self.stem)
        gloss = _glossed(pack, self.stem)
        self._gloss = {self._same.get(stem, stem): meaning for stem, meaning in gloss.items()}
        self.pivots = frozenset(self._gloss.values())
        self.news = frozenset(self[word] for word in pack.matching.news.split())

    def __missing__(self, word: str) -> str:
        if word in self._stop or len(word) < 2:
            key = ""
        else:
            stem = self.stem(word)
            stem = self._same.get(stem, stem)
            key = self._gloss.get(stem, stem)
        if len(self) < _REMEMBERED:
            self[word] = key
        return key

    def common(self, word: str) -> bool:
        """Whether a word in lower case is one of the language's own, which is no name though it has a capital."""
        key = self[word]
        return not key or key in self.news or self.stem(word) in self._same


_REMEMBERED = 200_000
_MADE: dict[int, tuple[Pack, Keys]] = {}


def keys_of(pack: Pack) -> Keys:
    """The keys of a pack, made once."""
    made = _MADE.get(id(pack))
    if made is None or made[0] is not pack:
        made = _MADE[id(pack)] = (pack, Keys(pack))
    return made[1]


def _same(pack: Pack, stem: Stemmer) -> dict[str, str]:
    """Synonyms to the first of their line; a word of two lines belongs to the first."""
    found: dict[str, str] = {}
    for line in pack.matching.synonyms:
        first, *others = map(stem, line.split())
        found.setdefault(first, first)
        for other in others:
            found.setdefault(other, found[first])
    return found


def _glossed(pack: Pack, stem: Stemmer) -> dict[str, str]:
    if not pack.gloss.pivot:
        return {}
    pivot = keys_of(load(pack.gloss.pivot))
    return {
        stem(word): pivot[meaning] for meaning, words in pack.gloss.words.items() for word in words.split()
    }
