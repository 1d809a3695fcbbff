"""The command line of Kutip. Each command is a file of its own, imported when it is asked for."""

import errno
import os
import sys
from importlib import import_module
from typing import Any

import click

import kutip
from kutip.apps.cli.common import INTERRUPTED, PIPE_CLOSED, Unusable, recorded, spoken

# Name of the command -> what the list of commands says of it. The module of that name beside this file holds
# a click command of that name.
COMMANDS = {
    "ingest": "Read pages into the record.",
    "fetch": "What is new in feeds and sitemaps into an archive, and into the record.",
    "watch": "The same again and again.",
    "batch": "Many pages to Parquet, on many cores or machines.",
    "group": "What batch wrote to stories, on many cores or machines.",
    "said": "Who said what, when, to whom, through which outlet.",
    "show": "One attribution in its paragraph, with all that is known of it.",
    "article": "One article: metadata, blocks with their roles, attributions in place.",
    "search": "Full text over articles and attributions.",
    "stats": "What the record holds.",
    "stories": "What the news was: articles on one event, with their statements.",
    "story": "One story: articles, timeline, statements as each outlet tells them.",
    "trace": "One statement from outlet to outlet: the way it came, what changed.",
    "actors": "Who speaks, under all names; merge and split decide who is who.",
    "diff": "Two renditions side by side, word by word.",
    "lost": "Statements told without their source, and who had it.",
    "changed": "Renditions that differ in number, negation, modality, name or date.",
    "reread": "Find attributions again in articles that an older version read.",
    "rebuild": "Make stories, actors and statements anew.",
    "verify": "Check every hash and every span of the record.",
    "furniture": "What an outlet prints on many pages, to be kept apart from its articles.",
    "export": "Statements in the formats of others: CSV, Parquet, JSON-LD, annotations …",
    "serve": "The record in the browser, on this machine.",
    "site": "The record as a web site of files that needs no server.",
    "page": "The record as one web page that needs no network.",
    "read": "Pages in, articles out, no record: a JSON line each.",
    "attribute": "Texts in, attributions out, no record: a JSON line each.",
    "link": "Articles in, stories and statements out, no record: one JSON object.",
    "languages": "The language packs that there are; check one of your own.",
    "explain": "How a text is read: classes, chunks, frames. For those who write language packs.",
    "evaluate": "Score attributions against articles annotated by hand.",
    "completion": "Print the completion script of a shell.",
}


class Commands(click.Group):
    """Lists commands without importing them, and ends them as docs/commands.md says."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kutip.apps.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; its ends other than good ones become exit codes."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise Unusable(f"{error.filename or 'output'}: {error.strerror or error}") from error
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is left to be flushed
            ctx.exit(PIPE_CLOSED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise  # an end that a command has chosen
        except Exception as error:
            from kutip.store.errors import NeedsExtra, NotFound, RecordError

            if not isinstance(error, RecordError):
                raise
            kinds: dict[type[RecordError], type[click.ClickException]] = {
                NotFound: click.ClickException,
                NeedsExtra: click.UsageError,
            }
            raise kinds.get(type(error), Unusable)(str(error)) from error


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: kutip ingest articles/ then kutip said --by Peskov",
)
@click.version_option(kutip.__version__, prog_name="kutip")
@recorded
@spoken
def main() -> None:
    """Who said what, when, to whom, through which outlet, with the exact words as evidence.

    Kutip reads news articles into a record (one SQLite file) in which every statement can be followed back to
    the sentence that it stands in.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character shows "?"
