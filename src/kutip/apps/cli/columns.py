"""Options of commands that read pages: the columns of rows, and how HTML is read."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _columns(ctx: click.Context, param: click.Parameter, value: str | None) -> dict[str, str]:
    if not value:
        return {}
    from kutip.sources.tables import columns_from

    try:
        return columns_from(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def mapped(command: F) -> F:
    """Adds --columns, given to the command as a dict: field of an article -> column."""
    return click.option(
        "--columns",
        metavar="FIELD=COLUMN,…",
        callback=_columns,
        help="Columns of JSON lines, CSV or Parquet by other names: text=body,title=headline.",
    )(command)


def _installed(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    if value:
        try:
            import resiliparse  # noqa: F401
        except ImportError as error:
            raise click.UsageError("--fast needs: pip install 'kutip[bulk]'") from error
    return value


def hasty(command: F) -> F:
    """Adds --fast, given to the command as a bool."""
    return click.option(
        "--fast",
        is_flag=True,
        callback=_installed,
        help="Find the main text of HTML at a fifth of the cost, for large archives.",
    )(command)
