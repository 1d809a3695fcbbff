"""``kutip show``: one attribution, back to its sentence."""

from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import open_record, recorded, spoken
from kutip.apps.cli.output import console, write_json
from kutip.apps.cli.shapes import article_head, attribution_shape
from kutip.apps.cli.words import dated

if TYPE_CHECKING:
    from rich.text import Text

    from kutip.model import Attribution, Span
    from kutip.store import KeptArticle, KeptAttribution


@click.command(epilog="Example: kutip show a1f3c9")
@click.argument("id_", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@recorded
@spoken
def show(id_: str, as_json: bool) -> None:
    """One attribution: its words in their paragraph, and all that is known of it.

    ID is the id of an attribution as `kutip said` shows it, or as much of its beginning as is unique.
    """
    with open_record() as record:
        kept, found = record.view().attribution(id_)
    if as_json:
        write_json(
            attribution_shape(found) | {"paragraph": _paragraph(kept, found), "article": article_head(kept)}
        )
    else:
        _print(kept, found)


def _paragraph(kept: "KeptArticle", found: "KeptAttribution") -> dict[str, Any]:
    span = _around(kept, found.attribution)
    return {"start": span.start, "end": span.end, "text": span.of(kept.article.text)}


def _print(kept: "KeptArticle", found: "KeptAttribution") -> None:
    from rich.padding import Padding
    from rich.table import Table

    from kutip.apps.cli.marked import in_colour, visible

    out = console()
    for text in _texts(kept, found.attribution, in_colour(out)):
        out.print(Padding(text, (0, 4, 1, 2)))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for name, value in _facts(kept, found):
        if value:
            grid.add_row(name, visible(value))
    out.print(grid)


def _texts(kept: "KeptArticle", a: "Attribution", colour: bool) -> "list[Text]":
    """The sentence and the paragraph around it; in colour both in one, the sentence bright."""
    from kutip.apps.cli.marked import marked, sentence_around
    from kutip.model import Span
    from kutip.views.marks import marks_of

    text, marks = kept.article.text, marks_of([a])
    paragraph = _around(kept, a)
    sentence = sentence_around(text, _reach(a), paragraph)
    if not colour:
        parts = [marked(text, sentence, marks, colour)]
        return [*parts, marked(text, paragraph, (), colour)] if paragraph != sentence else parts
    before = marked(text, Span(paragraph.start, sentence.start), (), colour)
    after = marked(text, Span(sentence.end, paragraph.end), (), colour)
    before.stylize("dim")
    after.stylize("dim")
    return [before + marked(text, sentence, marks, colour) + after]


def _reach(a: "Attribution") -> "Span":
    """From the first to the last character of all spans."""
    from kutip.model import Span

    spans = [*a.content, *(span for span in (a.cue, a.source) if span)]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _around(kept: "KeptArticle", a: "Attribution") -> "Span":
    """The blocks that the attribution touches, from the first to the last."""
    from kutip.model import Span

    reach = _reach(a)
    touched = [b for b in kept.article.blocks if b.start < reach.end and b.end > reach.start]
    return Span(touched[0].start, touched[-1].end) if touched else reach


def _facts(kept: "KeptArticle", found: "KeptAttribution") -> list[tuple[str, str | None]]:
    a, article = found.attribution, kept.article
    flags = [
        a.force.value,
        a.kind.value,
        "negated" if a.negated else "",
        "conditional" if a.conditional else "",
    ]
    return [
        ("Speaker", f"{a.speaker or 'cannot be known'}  ({a.speaker_kind.value})"),
        ("Role", a.role),
        ("Act", ", ".join(filter(None, flags))),
        ("To", a.to),
        ("Via", " ← ".join(a.via)),
        ("Where", a.venue),
        ("Said on", a.said_on and a.said_on + (f"  ({a.said_on_evidence})" if a.said_on_evidence else "")),
        ("Found by", f"{a.rule}, confidence {a.confidence:.2f}"),
        ("Repeat of", found.repeat_of),
        ("Id", found.id),
        ("Article", article.headline),
        ("Outlet", article.outlet),
        ("Published", dated(article.published)),
        ("URL", article.url),
        ("Page", kept.page),
        (
            "Article id",
            article.id + (f"  (superseded by {kept.superseded_by})" if kept.superseded_by else ""),
        ),
    ]
