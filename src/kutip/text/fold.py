"""Letters to what is compared when case and accents do not matter."""

import unicodedata


def fold(words: str) -> str:
    """``words`` with case and accents folded and runs of white space as one space. Offsets do not survive."""
    apart = unicodedata.normalize("NFKD", words)
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


def spelling(name: str | None, count: int) -> tuple[int, bool, str]:
    """To sort spellings of a name by: the most frequent first, of these one that is not all capitals."""
    written = name or ""
    return -count, written.isupper(), written
