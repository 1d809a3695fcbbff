"""How commands put things for people."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kutip.model import Dated

SHORT_ID = 10  # letters of an id that are shown; `kutip show` takes the beginning of one


def many(count: int, noun: str) -> str:
    """A count with its noun: "1 article", "1,200 articles", "2 stories"."""
    if count != 1:
        noun = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {noun}"


def dated(value: "Dated | None") -> str:
    """A date with what it rests on."""
    if value is None:
        return "unknown"
    evidence = f": {value.evidence}" if value.evidence and value.evidence != value.value else ""
    return f"{value.value}  ({value.precision}; {value.origin}{evidence})"
