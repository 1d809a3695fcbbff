"""Loose text to paragraphs: many sites print the lead straight into the container of the article, followed by
line breaks or paragraphs, and extraction by paragraphs would lose it."""

from lxml.html import HtmlElement

_CONTAINERS = ("div", "article", "section", "main", "td", "span")
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
    }
    | {"q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var"}
)
LEAST = 40  # characters of text outside links that make a run of loose text a paragraph


def wrap_loose_text(tree: HtmlElement) -> None:
    """Wraps runs of text and inline elements that stand beside block elements or line breaks into ``<p>``."""
    for element in [e for name in _CONTAINERS for e in tree.iter(name)]:
        if len(element) and _is_mixed(element):
            _wrap(element)


def _is_mixed(element: HtmlElement) -> bool:
    """Whether a block element or a line break stands beside text."""
    blocks = any(child.tag not in _INLINE and _breaks(child) for child in element)
    return blocks and (_long(element.text) or any(_long(child.tail) for child in element))


def _breaks(child: HtmlElement) -> bool:
    return isinstance(child.tag, str) and child.tag not in ("script", "style", "img", "input", "noscript")


def _long(text: str | None) -> bool:
    return text is not None and len(text.strip()) > 20


def _wrap(element: HtmlElement) -> None:
    """Moves each long enough run of ``element`` into a paragraph of its own."""
    children = list(element)
    run: list[HtmlElement] = []
    head, before = element.text, None  # text that opens the run, and the child that it stands behind
    for child in [*children, None]:
        if child is not None and child.tag in _INLINE:
            run.append(child)
            continue
        _close(element, before, head, run)
        if child is not None:
            run, before, head = [], child, child.tail


def _close(
    element: HtmlElement, before: HtmlElement | None, head: str | None, run: list[HtmlElement]
) -> None:
    loose = (head or "") + "".join(
        (child.tail or "") + ("" if child.tag == "a" else child.text_content()) for child in run
    )
    if len(loose.strip()) < LEAST:
        return
    paragraph = element.makeelement("p")
    paragraph.text = head
    if before is None:
        element.text = None
        element.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    for child in run:
        paragraph.append(child)
