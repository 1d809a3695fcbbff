"""The main text of a page at a tenth of the usual cost: Resiliparse's extraction (Bevendorff et al. 2018; the
extra ``kutip[bulk]``), then lines chosen by how they are marked up.

Bounds: nesting, in which Resiliparse takes time that grows with its square.
"""

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from kutip.flow.page_to_article.lines import choose, lines_of
from kutip.flow.page_to_article.scan import LONGEST
from kutip.text.normalise import canonical

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

DEEPEST = 500  # elements in each other
LEAST = 250  # characters of main text: less may be what is left when too much was skipped
_OPENS = re.compile(
    r"<(/?)(?!(?:p|li|img|br|a|meta|link|input|hr|td|tr|th|dd|dt|option|source|path|svg|use|script|style)\b)[a-zA-Z]"
)
_STEPS = {"": 1, "/": -1}  # of the depth, by what stands before the name
_QUOTED = re.compile(r"<blockquote\b[^<>]*>", re.I)  # their classes ("twitter …") would have them left out
_SKIPPED = ("[class*=caption]", "[class*=comment]", "[id*=comment]")


class Text(NamedTuple):
    """text: the main text, a paragraph a line. above: lines under the headline that
    may be its date."""

    text: str
    above: tuple[str, ...]


def main_text(markup: str, headline: str | None) -> Text | None:
    """The main text of a page; None where another way must be taken: no text was found, or the page is nested
    too deeply. headline: as the page declares it.

    Raises ImportError where Resiliparse is not installed.
    """
    from resiliparse.parse.html import HTMLTree

    if max(accumulate(map(_STEPS.__getitem__, _OPENS.findall(markup))), default=0) > DEEPEST:
        return None
    if "<blockquote" in markup:
        markup = _QUOTED.sub("<blockquote>", markup)
    tree = HTMLTree.parse(markup)
    found = _extract(tree, headline, _SKIPPED)
    if len(found.text) < LEAST:
        found = max(found, _extract(tree, headline, ()), key=lambda one: len(one.text))
    return found if found.text else None


def _extract(tree: "HTMLTree", headline: str | None, skipped: tuple[str, ...]) -> Text:
    from resiliparse.extract.html2text import extract_plain_text

    reduced = extract_plain_text(
        tree,
        preserve_formatting="minimal_html",
        main_content=True,
        links=True,
        alt_texts=False,
        list_bullets=True,  # else items of lists are no lines of their own kind
        skip_elements=list(skipped),
    )
    chosen = choose(lines_of(reduced), headline)
    above = tuple(
        line.text for line in chosen.above if len(line.text) <= LONGEST and any(map(str.isdigit, line.text))
    )
    return Text(canonical("\n".join(line.text for line in chosen.article)), above)
