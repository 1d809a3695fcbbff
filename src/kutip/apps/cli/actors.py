"""``kutip actors``: who speaks, under all names; and what a person decides about that."""

import getpass
from typing import TYPE_CHECKING, Any

import click

from kutip.apps.cli.common import now, open_record, recorded, say, spoken
from kutip.apps.cli.dates import window
from kutip.apps.cli.output import console, write_array, write_json
from kutip.apps.cli.words import SHORT_ID, many

if TYPE_CHECKING:
    from kutip.store.actors import ActorFound, ActorLine

ROWS = 50  # of a table, unless --limit says otherwise
SHOWN = 8  # outlets and stories of an actor that are named


class Names(click.Group):
    """Takes what is no command for a name to be listed."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, else ``list`` with all of the arguments."""
        return super().resolve_command(ctx, args if args[0] in self.commands else ["list", *args])


@click.group(
    cls=Names,
    invoke_without_command=True,
    context_settings={"ignore_unknown_options": True},
    epilog="Example: kutip actors peskov; kutip actors merge 'Joko Widodo' Jokowi",
)
@click.pass_context
def actors(ctx: click.Context) -> None:
    """Persons, organisations and documents under all their names. `kutip actors [NAME]` is `kutip actors list`."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@actors.command("list", epilog="Example: kutip actors list peskov")
@click.argument("name", default="")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N", help=f"At most N; 0: all. A table shows {ROWS}."
)
@click.option("--json", "as_json", is_flag=True, help="A JSON array.")
@recorded
@spoken
def list_(name: str = "", limit: int | None = None, as_json: bool = False) -> None:
    """Actors, those quoted most first; of a NAME, or a part of one, all that is known of each."""
    if limit is None and not as_json:
        limit = ROWS
    with open_record() as record:
        view = record.actors()
        found = view.named(name, limit or None)
        if as_json:
            write_array(_shape(view.actor(one.id)) if name else one for one in found)
            return
        total = view.count(name)
        whole = view.actor(found[0].id) if name and total == 1 else None
    if whole is not None:
        _print_one(whole)
    else:
        _print(found)
    counted = many(total, "actor")
    say(f"{len(found):,} of {counted}; --limit 0 shows all" if total > len(found) else counted)


@actors.command(epilog="Example: kutip actors merge 'Joko Widodo' Jokowi")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--author", metavar="NAME", help="Who decides; your user name where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: the actor that they are now.")
@recorded
@spoken
def merge(one: str, other: str, author: str | None, as_json: bool) -> None:
    """Decide that A and B are one actor. Each is an id, or a name that only one has."""
    from kutip.store.actors import Decision

    with open_record("write") as record:
        view = record.actors()
        first, second = view.meant(one).actor, view.meant(other).actor
        if first.id == second.id:
            raise click.ClickException(f"{one} and {other} are one actor already: {first.name} ({first.id})")
        record.decide(
            Decision(
                what="merge",
                one=first.name,
                other=second.name,
                author=author or getpass.getuser(),
                decided=now(),
                one_article=view.anchor(first.id, first.name),
                other_article=view.anchor(second.id, second.name),
            )
        )
        found = next(
            a for a in map(view.actor, [line.id for line in view.named(first.name)]) if _has(a, second.name)
        )
    _tell(found, as_json)


@actors.command(epilog="Example: kutip actors split a1b2c3d4 'Agus Santoso'")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--author", metavar="NAME", help="Who decides; your user name where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: what is left of A.")
@recorded
@spoken
def split(one: str, other: str, author: str | None, as_json: bool) -> None:
    """Decide that B is not A: a name that A goes by, or the id of an article in which somebody else is meant."""
    from kutip.store.actors import Decision

    with open_record("write") as record:
        view = record.actors()
        first = view.meant(one)
        article, name = (None, other) if _has(first, other) else view.in_article(first.actor.id, other)
        kept = next((seen.name for seen in first.names if seen.name != name), name)
        if kept == name and article is None:
            raise click.ClickException(
                f"{name} is the only name of {first.actor.id}; name an article to split off"
            )
        record.decide(
            Decision(
                what="split",
                one=kept,
                other=name,
                author=author or getpass.getuser(),
                decided=now(),
                one_article=view.anchor(first.actor.id, kept) if article is None else None,
                other_article=article,
            )
        )
        found = max((view.actor(line.id) for line in view.named(kept)), key=lambda a: a.actor.articles)
    _tell(found, as_json)


def _has(found: "ActorFound", name: str) -> bool:
    return any(seen.name == name for seen in found.names)


def _tell(found: "ActorFound", as_json: bool) -> None:
    if as_json:
        write_json(_shape(found))
    else:
        _print_one(found)


def _shape(found: "ActorFound") -> dict[str, Any]:
    from msgspec.structs import asdict

    whole = asdict(found)
    return {**asdict(whole.pop("actor")), **whole}


def _print(rows: "list[ActorLine]") -> None:
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", expand=True)
    table.add_column("Actor", ratio=3, overflow="fold")
    table.add_column("Statements", justify="right", no_wrap=True)
    table.add_column("Articles", justify="right", no_wrap=True)
    table.add_column("Reported", ratio=2)
    table.add_column("Id", style="dim", no_wrap=True, width=SHORT_ID)
    for one in rows:
        table.add_row(
            Text.assemble(visible(one.name), (f"  {one.kind}", "dim")),
            f"{one.attributions:,}",
            f"{one.articles:,}",
            _days(one.first_day, one.last_day),
            one.id[:SHORT_ID],
        )
    if rows:
        console().print(table)


def _print_one(found: "ActorFound") -> None:
    from rich.table import Table
    from rich.text import Text

    from kutip.apps.cli.marked import visible

    out, line = console(), found.actor
    out.print(Text(visible(line.name), "bold"))
    counts = line.kind, many(line.attributions, "statement"), many(line.articles, "article")
    out.print(Text(" · ".join((*counts, _days(line.first_day, line.last_day), line.id)), "dim"))
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=3, overflow="fold")
    grid.add_column(ratio=2)
    for n, seen in enumerate(found.names):
        why = "" if n == 0 else f"\n{visible('; '.join(seen.reasons))}"
        name = Text.assemble(visible(seen.name), (why, "dim"))
        grid.add_row(
            "" if n else "Names", name, f"{seen.attributions:,}; {_days(seen.first_seen, seen.last_seen)}"
        )
    for n, role in enumerate(found.roles):
        grid.add_row("" if n else "Roles", visible(role.role), _days(role.first_seen, role.last_seen))
    for n, tally in enumerate(found.outlets[:SHOWN]):
        grid.add_row("" if n else "Quoted by", visible(tally.name or "outlet not known"), f"{tally.count:,}")
    for n, story in enumerate(found.stories[:SHOWN]):
        days = window(story.since, story.until)
        title = Text.assemble(visible(story.headline or "no headline"), (f"  {story.id[:SHORT_ID]}", "dim"))
        grid.add_row("" if n else "On", title, days)
    for n, one in enumerate(found.decisions):
        words = f"{one.what}: {one.one}{_where(one.one_article)} and {one.other}{_where(one.other_article)}"
        grid.add_row("" if n else "Decided", visible(words), visible(f"{one.author}, {one.decided}"))
    out.print(grid)


def _where(article: str | None) -> str:
    return f" (in {article[:SHORT_ID]})" if article else ""


def _days(first: str | None, last: str | None) -> str:
    """Two days of whatever precision."""
    if first is None or last is None:
        return "undated"
    return window(first, last) if len(first) == len(last) == len("2025-02-25") else f"{first} to {last}"
