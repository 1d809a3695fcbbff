"""``kutip batch``: many pages to Parquet, on many cores or machines, whatever happens on the way."""

import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import kutip
from kutip.apps.cli.columns import mapped, reading
from kutip.apps.cli.common import NOT_ALL, Unusable, now, say, spoken
from kutip.apps.cli.engines import engine_of, engines, left, with_arrow
from kutip.apps.cli.progress import progress

if TYPE_CHECKING:
    from kutip.engines.bulk import Totals
    from kutip.sources.plan import Plan


@click.command(epilog="Example: kutip batch CC-NEWS-*.warc.gz out/ && kutip ingest out/")
@click.argument("paths", nargs=-1, required=True, metavar="IN…")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), metavar="OUT")
@engines
@click.option(
    "--shard-size",
    type=click.FloatRange(0, min_open=True),
    metavar="MIB",
    help="How much of the input is done as one piece, which is whole or not at all; 1 to 16 by how much there is.",
)
@click.option(
    "--page-seconds",
    type=click.FloatRange(0.1),
    default=60.0,
    metavar="S",
    help="CPU seconds that one page may take.",
)
@reading
@mapped
@spoken
def batch(paths: tuple[str, ...], out: Path, columns: dict[str, str], **how: Any) -> None:
    """Read pages and write what came of them to OUT, a folder of Parquet files.

    IN is as for `kutip ingest`, but for standard input. The work is cut into shards; killed at any moment,
    the same command goes on with the shards that are missing, and every engine writes the same bytes.
    `kutip ingest OUT` takes the results into a record without working again; DuckDB reads OUT/*/*.parquet.
    OUT/report.json says what the run did.
    """
    with_arrow()
    if "-" in paths:
        raise click.UsageError("standard input cannot be cut into shards; write it to a file first")
    from kutip.engines.pieces import BulkError

    try:
        rejected = _run(paths, out, columns, how)
    except BulkError as error:
        raise Unusable(str(error)) from error
    if rejected:
        click.get_current_context().exit(NOT_ALL)


def _run(paths: tuple[str, ...], out: Path, columns: dict[str, str], how: dict[str, Any]) -> bool:
    """Does what is missing; whether anything was rejected."""
    from functools import partial

    from kutip.engines import bulk
    from kutip.engines.shards import Job
    from kutip.sources.plan import read_shard

    started, clock = now(), time.monotonic()
    with bulk.alone(out):
        plan = _plan(paths, out, columns, how)
        job, shards = Job(str(out), partial(read_shard, plan), how["reading"]), len(plan.shards)
        totals = bulk.Totals(), bulk.Totals()

        def note(before: "Totals", done: "Totals") -> None:
            nonlocal totals
            totals = before, done

        with progress(lambda: _so_far(*totals, shards, time.monotonic() - clock)):
            before, done = bulk.run(job, shards, engine_of(how, how["page_seconds"]), note)
        seconds = time.monotonic() - clock
        report = _report(before, done, shards, seconds)
        bulk.write_report(out, {"started": started, "finished": now(), "engine": how["engine"], **report})
    return _tell(before, done, out, seconds)


def _plan(paths: tuple[str, ...], out: Path, columns: dict[str, str], how: dict[str, Any]) -> "Plan":
    """The plan that the folder was begun with, else a new one. Raises BulkError where they do not agree."""
    import msgspec

    from kutip.engines import bulk
    from kutip.engines.pieces import BulkError
    from kutip.sources.plan import Plan, find_inputs, make_plan

    if (out / "manifest.json").exists():
        manifest = bulk.read_manifest(out)
    else:
        size = how["shard_size"]
        plan = make_plan(paths, columns, max(1, int(size * 2**20)) if size else None)
        described = msgspec.Raw(msgspec.json.encode(plan))
        new = bulk.Manifest(bulk.FORMAT, kutip.__version__, len(plan.shards), described, how["reading"])
        manifest = bulk.begin(out, new)
    if manifest.version != kutip.__version__:
        raise BulkError(
            f"{out} was begun by kutip {manifest.version}; end it with that, or name a new folder"
        )
    if manifest.reading != how["reading"]:
        raise BulkError(
            f"{out} was begun with another --fast or --furniture; give them as then, or name a new folder"
        )
    plan = msgspec.json.decode(manifest.plan, type=Plan)
    if (plan.inputs, plan.lost) != find_inputs(paths) or plan.columns != columns:
        raise BulkError(
            f"{out} was begun with other files or columns, or they have changed; name a new folder"
        )
    return plan


def _so_far(before: "Totals", done: "Totals", shards: int, seconds: float) -> str:
    finished = before.shards + done.shards
    words = f"{finished:,} of {shards:,} shards · {before.pages + done.pages:,} pages"
    if done.shards and seconds > 0:
        words += f" · {done.pages / seconds:,.0f} a second · {left(finished, shards, done.shards / seconds)}"
    rejected = sum(before.rejections.values()) + sum(done.rejections.values())
    return words + (f" · {rejected:,} not used" if rejected else "")


def _report(before: "Totals", done: "Totals", shards: int, seconds: float) -> dict[str, Any]:
    """What report.json says beside the times: of this run, and of the folder."""
    import msgspec

    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "version": kutip.__version__,
        "seconds": round(seconds, 3),
        "pages_per_second": round(done.pages / seconds, 3) if seconds else None,
        "cpu_seconds": round(sum(u.ru_utime + u.ru_stime for u in used), 3),
        "peak_mib": {"main": used[0].ru_maxrss // 1024, "largest_worker": used[1].ru_maxrss // 1024},
        "shards": shards,
        "this_run": msgspec.to_builtins(done),
        "earlier_runs": msgspec.to_builtins(before),
    }


def _tell(before: "Totals", done: "Totals", out: Path, seconds: float) -> bool:
    """The end of the run for people; whether anything was rejected."""
    pages, articles, said = (
        getattr(before, n) + getattr(done, n) for n in ("pages", "articles", "attributions")
    )
    say(f"{pages:,} pages · {articles:,} articles · {said:,} attributions in {out}, {seconds:,.1f} s")
    if before.shards:
        say(f"{before.shards:,} of {before.shards + done.shards:,} shards were there already")
    reasons = {**before.rejections}
    for reason, number in done.rejections.items():
        reasons[reason] = reasons.get(reason, 0) + number
    if reasons:
        listed = ", ".join(
            f"{reason} {number:,}" for reason, number in sorted(reasons.items(), key=lambda r: -r[1])
        )
        say(f"{sum(reasons.values()):,} not used or only in part: {listed}")
    return bool(reasons)
