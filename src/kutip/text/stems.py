"""Forms of one word to one key, by the affixes of the language pack.

The key is not a dictionary root: it only has to be the same for forms of one word and, nearly always, another
for other words. Without a dictionary some pairs fall together (Indonesian "tilai"/"nilai"); they are rare in
news.
"""

import re
from functools import lru_cache

from kutip.languages.matching import Prefix, Stemming, Suffix

_VOWELS = frozenset("aeiou")


class Stemmer:
    """Keys for the words of one language. ``stemmer(word)`` takes a word in any case; results are
    remembered.
    """

    def __init__(self, rules: Stemming, remembered: int = 200_000) -> None:
        self._rules = rules
        self._clitics = tuple(rules.clitics.split())
        self._double = re.compile(r"([^\W\d_aeiou])\1$")
        self._remembered = lru_cache(maxsize=remembered)(self._stem)

    def __call__(self, word: str) -> str:
        return self._remembered(word.casefold())

    def _stem(self, word: str) -> str:
        rules = self._rules
        for clitic in self._clitics:
            if word.endswith(clitic) and len(word) - len(clitic) >= rules.shortest:
                word = word[: -len(clitic)]
                break
        bare = self._without_prefix(word)
        return self._ending(self._beginning(self._without_suffix(bare, bare != word)))

    def _without_prefix(self, word: str) -> str:
        for prefix in self._rules.prefixes:
            if self._fits(prefix, word):
                return prefix.keep + word[len(prefix.form) :]
        return word

    def _fits(self, prefix: Prefix, word: str) -> bool:
        at = len(prefix.form)
        left = len(word) - at + len(prefix.keep) - len(prefix.suffix)
        return (
            left >= self._rules.shortest
            and word.startswith(prefix.form)
            and (not prefix.before or word[at] in prefix.before)
            and word.endswith(prefix.suffix)
        )

    def _without_suffix(self, word: str, bound: bool) -> str:
        for suffix in self._rules.suffixes:
            if word.endswith(suffix.form) and (bound or not suffix.bound):
                return word if self._stands(suffix, word) else word[: -len(suffix.form)] + suffix.keep
        return word

    def _stands(self, suffix: Suffix, word: str) -> bool:
        left = len(word) - len(suffix.form)
        return left < self._rules.shortest or word[left - 1] in suffix.never_after

    def _beginning(self, word: str) -> str:
        for sound, same in self._rules.initials:
            if word.startswith(sound) and len(word) > len(sound) and word[len(sound)] in _VOWELS:
                return same + word[len(sound) :]
        return word

    def _ending(self, word: str) -> str:
        rules = self._rules
        if rules.undouble and len(word) > rules.shortest:
            word = self._double.sub(r"\1", word)
        if rules.finals and len(word) > rules.shortest and word[-1] in rules.finals:
            return word[:-1]
        return word
