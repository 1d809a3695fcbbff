"""``kutip link``: articles to stories and statements, without a record."""

from typing import IO, Any

import click

from kutip.apps.cli.common import NOT_ALL, spoken
from kutip.apps.cli.output import write_json
from kutip.apps.cli.textrows import TextRow, TextRows, Unusable


@click.command(epilog="Example: kutip link articles.jsonl > linked.json")
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE|-]")
@click.option(
    "--crosslingual",
    is_flag=True,
    help="Join statements across languages by their meaning too; needs the extra crosslingual.",
)
@spoken
def link(file: IO[bytes], crosslingual: bool) -> None:
    """Group articles into stories, and follow each statement through them: JSON lines in, one JSON object
    out.

    A line of FILE (standard input where it is not given) is {"id", "text", "lang"?, "published"?, "outlet"?,
    "title"?}. Offsets in the output count the Unicode code points of the text as given. A row that cannot be
    used is told on standard error, and the exit code is 1.
    """
    from kutip.flow.linking import link as linked

    encoder = None
    if crosslingual:
        from kutip.store.encoder import sentence_encoder

        encoder = sentence_encoder()
    ids: dict[str, Any] = {}
    rows = TextRows(file, lambda row: _given(row, ids), lambda row, why: None)
    given = list(rows)
    write_json(_shape(linked(given, encoder), ids))
    if rows.rejected:
        click.get_current_context().exit(NOT_ALL)


def _given(row: TextRow, ids: dict[str, Any]) -> Any:
    """The row as an article; its id goes to ``ids`` as it was written. Raises Unusable."""
    import msgspec

    from kutip.flow.linking import Given
    from kutip.languages import PackError, load
    from kutip.languages.identify import pack_code

    name = msgspec.json.decode(row.id)
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise Unusable("the row has no id; linking needs one, a string or a number, for every article")
    if str(name) in ids:
        raise Unusable(f"the id {name!r} was given before; every article needs its own")
    try:
        code = pack_code(row.lang)
        if code:
            load(code)
    except PackError as error:
        raise Unusable(str(error)) from error
    ids[str(name)] = name
    return Given(str(name), row.text, row.lang, row.published, row.outlet, row.title)


def _shape(found: Any, ids: dict[str, Any]) -> dict[str, Any]:
    """Stories and statements in the shape of docs/linked.md."""
    return {
        "stories": [[ids[article] for article in story.articles] for story in found.stories],
        "statements": [_statement(statement, ids) for statement in found.statements],
    }


def _statement(statement: Any, ids: dict[str, Any]) -> dict[str, Any]:
    edges = {edge.target: edge for edge in statement.edges}
    return {
        "speaker": statement.speaker,
        "renditions": [
            {"article": ids[one.article], **_rendition(one, edges.get(one.id))}
            for one in statement.renditions
        ],
    }


def _rendition(rendition: Any, edge: Any) -> dict[str, Any]:
    shape = {
        "content": [{"start": span.start, "end": span.end} for span in rendition.content],
        "kind": rendition.kind.value,
        "relation": edge.relation.value if edge else "reference",
    }
    if edge is None:
        return shape
    return shape | {
        "changes": [
            {"kind": change.kind, "before": change.before, "after": change.after} for change in edge.changes
        ],
        "score": edge.score,
        "features": edge.features,
    }
