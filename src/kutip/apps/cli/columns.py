"""Options of commands that read pages: the columns of rows, and how HTML is read."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

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


def reading(command: F) -> F:
    """Adds --fast and --furniture, given to the command as one Reading."""

    @wraps(command)
    def run(*args: Any, fast: bool, furniture: Path | None, **more: Any) -> Any:
        from kutip.flow.page_to_article.draft import Reading

        known = _furniture(furniture) if furniture else {}
        return command(*args, reading=Reading(fast, known), **more)

    options = (
        click.option(
            "--fast",
            is_flag=True,
            callback=_installed,
            help="Find the main text of HTML at a fifth of the cost, for large archives.",
        ),
        click.option(
            "--furniture",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            metavar="FILE",
            help="What outlets print on many pages, as `kutip furniture` writes it.",
        ),
    )
    for option in reversed(options):
        run = option(run)
    return cast(F, run)


def _installed(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    if value:
        try:
            import resiliparse  # noqa: F401
        except ImportError as error:
            raise click.UsageError("--fast needs: pip install 'kutip[bulk]'") from error
    return value


def _furniture(path: Path) -> dict[str, tuple[str, ...]]:
    import msgspec

    from kutip.flow.page_to_article.learned import Learned, keys_by_outlet

    try:
        return keys_by_outlet(msgspec.json.decode(path.read_bytes(), type=dict[str, Learned]))
    except msgspec.DecodeError as error:
        raise click.BadParameter(
            f"{path}: {error}; write it with kutip furniture", param_hint="--furniture"
        ) from error
