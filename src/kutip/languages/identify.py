"""Which language a text is in: a vote over the function words of the packs."""

import re
from functools import lru_cache

from kutip.languages.loader import available, load

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000  # characters: a vote over more changes nothing
_LEAST = 0.08  # share of the words that must be function words of the winner


@lru_cache
def _voters() -> dict[str, tuple[str, ...]]:
    """Word -> the languages that it votes for."""
    voters: dict[str, tuple[str, ...]] = {}
    for code in available():
        for word in load(code).language.function_words.split():
            voters[word] = (*voters.get(word, ()), code)
    return voters


def identify(text: str) -> str | None:
    """ISO 639 code of the language of ``text``, or None where too few of its words are known."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    votes: dict[str, int] = {}
    voters = _voters()
    for word in words:
        for code in voters.get(word, ()):
            votes[code] = votes.get(code, 0) + 1
    if not votes:
        return None
    best = max(sorted(votes), key=votes.__getitem__)
    return best if votes[best] >= _LEAST * len(words) else None
