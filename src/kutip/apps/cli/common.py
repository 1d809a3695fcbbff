"""What all commands share: the options that each of them has, the record, the exit codes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

if TYPE_CHECKING:
    from kutip.model import Rejection
    from kutip.store import Record

NOT_ALL = 1  # something was rejected, not found, or does not hold
UNUSABLE = 3  # the record cannot be used; 2 is click's, for options and arguments
INTERRUPTED = 130
PIPE_CLOSED = 141

F = TypeVar("F", bound=Callable[..., Any])
QUIET, NORMAL, VERBOSE = range(3)


class Unusable(click.ClickException):
    """The record, a folder or a file cannot be used."""

    exit_code = UNUSABLE


class Settings:
    """The options that may stand before or after the name of the command."""

    record = "record.db"
    verbosity = NORMAL


def settings() -> Settings:
    """The settings of the command that is running."""
    return click.get_current_context().ensure_object(Settings)


def _set(name: str, value_of: Callable[[Any], Any]) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(ctx.ensure_object(Settings), name, value_of(value))

    return callback


def recorded(command: F) -> F:
    """Adds --record."""
    return click.option(
        "--record",
        metavar="FILE",
        envvar="KUTIP_RECORD",
        expose_value=False,
        callback=_set("record", str),
        help="The record to use: record.db where it is not given. [env: KUTIP_RECORD]",
    )(command)


def spoken(command: F) -> F:
    """Adds --quiet and -v."""
    quiet = click.option(
        "--quiet",
        "-q",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_set("verbosity", lambda on: QUIET if on else NORMAL),
        help="Say nothing on standard error but errors.",
    )
    verbose = click.option(
        "--verbose",
        "-v",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_set("verbosity", lambda on: VERBOSE if on else NORMAL),
        help="Say more on standard error.",
    )
    return quiet(verbose(command))


def crosslingual(command: F) -> F:
    """Adds --crosslingual."""
    return click.option(
        "--crosslingual/--no-crosslingual",
        default=None,
        help="Join statements across languages by their meaning too; needs the extra crosslingual. The record "
        "remembers it.",
    )(command)


def processes(things: str) -> Callable[[F], F]:
    """Adds --jobs; ``things``: what is read."""
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(0),
        default=1,
        metavar="N",
        help=f"Processes to read with; 0: one for each core. Worth it from some hundred {things} on.",
    )


def open_record(mode: Literal["read", "write"] = "read") -> "Record":
    """The record that the settings name; to "read", says where parts of it do not fit together. Raises RecordError."""
    from kutip.store import Record

    record = Record.open(settings().record, mode)
    if mode == "read" and (far := record.remade()):
        say(
            f"stories, statements and actors are being made anew, {far[0]:,} of {far[1]:,} articles so far; the"
            " others are as before. Where that was broken off, `kutip rebuild` goes on"
        )
    return record


def now() -> str:
    """The time, ISO 8601 in UTC, to the second: the one place where Kutip asks for it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def say(message: str, level: int = NORMAL) -> None:
    """A line on standard error, if as much as this is wanted."""
    if settings().verbosity >= level:
        click.echo(message, err=True)


def say_rejection(rejection: "Rejection", level: int = NORMAL) -> None:
    """Why something was not used, on standard error."""
    say(f"{rejection.where}: {rejection.detail} [{rejection.reason}]", level)
