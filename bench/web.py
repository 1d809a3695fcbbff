"""CPU time and size of the server's pages on a large record; time and size of a site of files.

Run: ``python -m bench.web [--attributions N] [--articles N] [--record FILE]``. Each page is asked for several
times with other words, names or cursors, so that nothing is answered from what was kept; medians are shown.
"""

import argparse
import asyncio
import gzip
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench import derived, synthetic
from kutip.apps.web.server import Options, application
from kutip.apps.web.site import Plan, Site
from kutip.apps.web.source import Source
from kutip.views.web.page import Kind, static_files

TIMES = 7
LIMIT_MS = 50.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints a table; 1 where a page needs more than LIMIT_MS."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--attributions", type=int, default=1_000_000, help="in the record of the server")
    parser.add_argument("--articles", type=int, default=10_000, help="in the site of files; 0: none")
    parser.add_argument("--record", type=Path, help="made before by bench.synthetic and bench.derived")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        record = given.record or Path(folder) / "large.db"
        if not record.exists():
            synthetic.make(str(record), given.attributions)
            derived.derive(str(record))
        slow = pages(str(record))
        if given.articles:
            site(Path(folder), given.articles)
    return 1 if slow else 0


def pages(record: str) -> list[str]:
    """Prints what each page needs; the pages that need too much."""
    started = time.process_time()
    source = Source(record)
    found = source.summary()
    seconds = time.process_time() - started
    print(f"{found.statements:,} attributions, {len(found.speakers.by_id):,} speakers")
    print(f"summary of the whole, once for each state of the record: {seconds:.1f} CPU s\n")
    app = application(record, Options("0"))
    print("| page | CPU ms, median | most | bytes | over the wire |\n|---|---|---|---|---|")
    asyncio.run(_get(app, "/index.html"))  # makes the summary
    slow = []
    for name, paths in _asked(source).items():
        times, sizes = [], []
        for path in paths:
            before = time.process_time()
            status, body = asyncio.run(_get(app, path))
            times.append((time.process_time() - before) * 1000)
            assert status == 200, (path, status)
            sizes.append(
                (len(gzip.decompress(body)), len(body)) if body[:2] == b"\x1f\x8b" else (len(body),) * 2
            )
        size, wire = (int(statistics.median(column)) for column in zip(*sizes, strict=True))
        print(f"| {name} | {statistics.median(times):.1f} | {max(times):.1f} | {size:,} | {wire:,} |")
        if statistics.median(times) > LIMIT_MS:
            slow.append(name)
    files = sum(
        len(gzip.compress(text.encode(), 5))
        for name, (_, text) in static_files().items()
        if "search" not in name
    )
    print(f"\nstyle, scripts and words of all pages, once: {files:,} bytes over the wire")
    source.close()
    return slow


def _asked(source: Source) -> dict[str, list[str]]:
    """Addresses by the name of what they measure."""
    chance = random.Random(2)
    speakers = list(source.summary().speakers.by_id.values())
    outlets = [outlet.name for outlet in source.summary().outlets]
    newest = [article.id for article in source.view.newest(TIMES)]
    words = synthetic.Maker().words.values
    common, usual, rare = (words[start : start + TIMES] for start in (0, 400, 20_000))
    middle = chance.sample(speakers[100:10_000] or speakers, TIMES)
    cursors = [str(source.view.article(key).article.published.value)[:10] + "~5" for key in newest]  # type: ignore[union-attr]
    search = "/search.html?"
    stories = [line.id for line in source.view.stories()[:TIMES]]
    told = [source.view.story(key).statements[0].id for key in stories]
    return {
        "front": [f"/index.html?{n}" for n in range(TIMES)],
        "coverage": [f"/coverage.html?{n}" for n in range(TIMES)],
        "speakers": [f"/speakers.html?{n}" for n in range(TIMES)],
        "article": [f"/article/{key}.html" for key in newest],
        "stories": [f"/stories.html?{n}" for n in range(TIMES)],
        "story": [f"/story/{key}.html" for key in stories],
        "statement": [f"/statement/{key}.html" for key in told],
        "speaker, some": [f"/speaker/{one.id}.html" for one in middle],
        "speaker, most quoted": [f"/speaker/{one.id}.html" for one in islice(speakers, TIMES)],
        "search, nothing asked": [f"{search}size={50 + n}" for n in range(TIMES)],
        "search, further pages": [
            f"{search}after={cursor}&size={50 + n}" for n, cursor in enumerate(cursors)
        ],
        "search, rare word": [f"{search}about={word}" for word in rare],
        "search, usual word": [f"{search}about={word}" for word in usual],
        "search, common word": [f"{search}about={word}" for word in common],
        "search, common word in an outlet": [
            f"{search}about={w}&in={o}" for w, o in zip(common, outlets[20:], strict=False)
        ],
        "search, common word by a speaker": [
            f"{search}about={w}&by={s.name}" for w, s in zip(common, speakers[5:], strict=False)
        ],
        "search, common word, one speaker": [
            f"{search}about={w}&speaker={s.id}" for w, s in zip(common, speakers[5:], strict=False)
        ],
        "search, common words of a speaker in an outlet": [
            f"{search}about={w}&speaker={s.id}&in={o}"
            for w, s, o in zip(common, speakers[5:], outlets, strict=False)
        ],
        "search, rare speech act": [f"{search}force=thanks&size={50 + n}" for n in range(TIMES)],
        "search, rare kind": [f"{search}kind=mixed&size={50 + n}" for n in range(TIMES)],
        "search, a month": [f"{search}since=2024-0{n}&until=2024-0{n}" for n in range(1, TIMES + 1)],
        "search.json, usual word": [f"/search.json?about={word}" for word in usual],
        "speaker feed": [f"/speaker/{one.id}.atom" for one in middle],
    }


async def _get(app: Any, path: str) -> tuple[int, bytes]:
    """Asks the application itself, without a network: what is measured is the page."""
    path, _, query = path.partition("?")
    body, status = b"", 0
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.replace(" ", "%20").encode(),
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8321),
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal body, status
        status = message.get("status", status)
        body += message.get("body", b"")

    await app(scope, receive, send)
    return status, body


def site(folder: Path, articles: int) -> None:
    """Prints what a site of files needs."""
    record = folder / "site.db"
    synthetic.make(str(record), articles * synthetic.EACH)
    derived.derive(str(record))
    jobs = os.cpu_count() or 1
    started, before = time.monotonic(), _cpu()
    made = Site(Plan(folder / "site", str(record), Kind(True, False, "0"), "id"))
    files = made.build(jobs)
    made.close()
    wall, cpu = time.monotonic() - started, _cpu() - before
    size = sum(path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file())
    print(
        f"\nsite of {articles:,} articles: {files:,} files, {size / 1e6:,.0f} MB, {wall:.0f} s with {jobs} processes,"
    )
    print(f"{cpu:.0f} CPU s")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    raise SystemExit(main())
