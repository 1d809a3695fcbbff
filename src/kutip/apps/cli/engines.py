"""Options of commands that work on many cores or machines: the engine, and what the run tells of itself."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kutip.engines.bulk import Engine

ENGINES = ("processes", "inline", "spark")
F = TypeVar("F", bound=Callable[..., Any])


def engines(command: F) -> F:
    """Adds --engine, --jobs and --master; what is given goes to ``engine_of``."""
    options = (
        click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="What does the work."),
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(0),
            default=0,
            metavar="N",
            help="Processes of the engine of that name; 0: one for each core.",
        ),
        click.option(
            "--master", default="local[*]", metavar="URL", help="Spark's master, for the engine spark."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def engine_of(how: dict[str, Any], seconds: float) -> "Engine":
    """The engine that the options name; seconds: of CPU that one page may take."""
    from kutip.engines import bulk
    from kutip.engines.pool import Limits

    limits = Limits(seconds=seconds)
    if how["engine"] == "inline":
        return bulk.inline_engine()
    if how["engine"] == "processes":
        return bulk.processes_engine(how["jobs"] or os.cpu_count() or 1, limits)
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        raise click.UsageError("the engine spark needs Java and: pip install 'kutip[spark]'") from error
    return bulk.spark_engine(how["master"], limits)


def with_arrow() -> None:
    """Raises UsageError where Arrow is not installed."""
    # Pages are large and held for a moment: other allocators ask the system for new memory each time.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        name = click.get_current_context().command_path
        raise click.UsageError(f"{name} needs: pip install 'kutip[parquet]'") from error


def left(done: int, of: int, rate: float) -> str:
    """How long the rest takes; rate: pieces a second."""
    minutes, rest = divmod(round((of - done) / rate), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02} left"
