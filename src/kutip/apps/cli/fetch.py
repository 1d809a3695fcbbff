"""``kutip fetch``: feeds, sitemaps and addresses to an archive, and from there into the record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kutip.apps.cli.columns import reading
from kutip.apps.cli.common import NOT_ALL, UNUSABLE, recorded, say, say_rejection, spoken
from kutip.apps.cli.progress import progress

F = TypeVar("F", bound=Callable[..., Any])


class _Unusable(click.ClickException):
    """The archive cannot be used."""

    exit_code = UNUSABLE


def fetching(command: F) -> F:
    """Adds the arguments and options of fetching."""
    options = (
        click.argument("sources", nargs=-1, required=True, metavar="SOURCE…"),
        click.option(
            "--archive",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("archive"),
            metavar="DIR",
            help="Folder of the WARC files: archive where it is not given.",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(0),
            default=1.0,
            metavar="S",
            help="Least seconds between two requests to a host; longer where it asks for that.",
        ),
        click.option("--most", type=click.IntRange(1), metavar="N", help="Pages at a time, at most."),
        click.option("--only-archive", is_flag=True, help="Do not read the pages into the record."),
        click.option(
            "--allow-private",
            is_flag=True,
            help="Ask addresses of this machine and of private networks too, for trying it out.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return reading(command)


@click.command(
    epilog="Example: kutip fetch feeds.opml https://kabar.example/sitemap-news.xml --record news.db"
)
@fetching
@recorded
@spoken
def fetch(sources: tuple[str, ...], **how: Any) -> None:
    """Read what is new in feeds and sitemaps, keep the pages as WARC files, and take them into the record.

    SOURCE is a file of OPML, or the address of a feed (RSS, Atom), a sitemap or a page. Lists that have not
    changed are not sent again, pages are asked for once. robots.txt and its delays are kept, addresses that are
    not of the public network are refused. Interrupted at any moment, the same command goes on.
    """
    if fetch_once("fetch", sources, how):
        click.get_current_context().exit(NOT_ALL)


def fetch_once(command: str, sources: tuple[str, ...], how: dict[str, Any]) -> bool:
    """One round: lists, pages, archive, record. Gives whether anything was rejected."""
    import sqlite3

    from kutip.apps.cli.ingest import How, take_in

    try:
        import fastwarc  # noqa: F401
    except ImportError as error:
        raise click.UsageError(f"kutip {command} needs: pip install 'kutip[warc]'") from error
    from kutip.sources.fetch import Report
    from kutip.sources.fetch.state import State

    folder: Path = how["archive"]
    try:
        state = State(folder)
    except sqlite3.OperationalError as error:
        raise _Unusable(f"{folder} is in use by another run, or cannot be written to ({error})") from error
    report = Report()
    try:
        _to_archive(sources, how, state, report)
        say(f"{report.new:,} new pages in {report.lists:,} lists ({report.unchanged:,} as before)")
        say(f"{report.archived:,} pages archived in {folder}")
        if how["only_archive"]:
            for rejection in report.rejections:
                say_rejection(rejection)
            return bool(report.rejections)
        unread = state.unread()
        rejected = take_in(command, tuple(map(str, unread)), How(how["reading"]), report.rejections)
        state.was_read(unread)
        return rejected
    finally:
        state.close()


def _to_archive(sources: tuple[str, ...], how: dict[str, Any], state: Any, report: Any) -> None:
    from kutip.sources.fetch import Options, fetch
    from kutip.sources.fetch.archive import Archive
    from kutip.sources.fetch.http import Limits

    options = Options(Limits(private=how["allow_private"]), how["delay"], most=how["most"])
    archive = Archive(how["archive"])
    try:
        with progress(lambda: f"{report.new:,} new pages · {report.archived:,} archived"):
            fetch(sources, state, archive, options, report)
    finally:
        archive.close()
