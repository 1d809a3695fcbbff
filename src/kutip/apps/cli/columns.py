"""The option that names the columns of rows."""

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
