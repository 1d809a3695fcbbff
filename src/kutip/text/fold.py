"""Letters to what is compared when case and accents do not matter."""

import unicodedata


def fold(words: str) -> str:
    """``words`` with case and accents folded and runs of white space as one space. Offsets do not survive."""
    apart = unicodedata.normalize("NFKD", words)
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())
