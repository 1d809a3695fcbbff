"""Fetching from a server on this machine: politeness, limits, redirects, resumption. Nothing outside is asked."""

import gzip
import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastwarc", reason="the extra warc is not installed")
import itertools

from kutip.model import Page, Rejection
from kutip.sources import open_pages
from kutip.sources.fetch import Options, Report, fetch
from kutip.sources.fetch import run as run_module
from kutip.sources.fetch.archive import Archive
from kutip.sources.fetch.http import Limits
from kutip.sources.fetch.state import TRIES, State
from tests.sources.server import Reply, Site, served

LOCAL = Limits(private=True, wait=5, seconds=5, bytes=20_000)
FAST = Options(LOCAL, delay=0)
BODY = "<html><body><p>Kata-kata halaman {}.</p></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as site:
        yield site


def feed(*urls: str) -> str:
    items = "".join(f"<item><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


def run(folder: Path, *sources: str, options: Options = FAST) -> Report:
    report, state, archive = Report(), State(folder), Archive(folder)
    try:
        fetch(sources, state, archive, options, report)
    finally:
        archive.close()
        state.close()
    return report


def archived(folder: Path) -> list[Page | Rejection]:
    return [found for path in sorted(folder.glob("*.warc.gz")) for found in open_pages([path])]


def reasons(report: Report) -> list[str]:
    return [rejection.reason for rejection in report.rejections]


def test_new_pages_of_a_feed_are_archived_once(site: Site, tmp_path: Path) -> None:
    urls = [site.page(f"/{n}", BODY.format(n)) for n in range(3)]
    source = site.page("/feed", feed(*urls))
    report = run(tmp_path, source)
    assert (report.lists, report.new, report.archived, report.rejections) == (1, 3, 3, [])
    pages = [p for p in archived(tmp_path) if isinstance(p, Page)]
    assert [(p.url, p.content.decode()) for p in pages] == [(u, BODY.format(n)) for n, u in enumerate(urls)]
    assert all(p.fetched_at and p.media_type == "text/html" for p in pages)
    site.page("/feed", feed(site.page("/new", BODY.format("new")), *urls))
    assert (run(tmp_path, source).new, site.paths().count("/1")) == (1, 1)


def test_lists_of_every_kind_and_pages(site: Site, tmp_path: Path) -> None:
    site.page("/atom", f'<feed><entry><link href="{site.page("/a", BODY)}"/></entry></feed>')
    part = f"<urlset><url><loc>{site.page('/b', BODY)}</loc></url></urlset>"
    site.page("/part.xml.gz", gzip.compress(part.encode()), Content_Type="application/gzip")
    index = f"<sitemapindex><sitemap><loc>{site.url}/part.xml.gz</loc></sitemap></sitemapindex>"
    opml = tmp_path / "feeds.opml"
    opml.write_text(f'<opml><body><outline xmlUrl="{site.url}/atom"/></body></opml>')
    report = run(tmp_path / "x", str(opml), site.page("/index", index), site.page("/c", BODY))
    assert (report.lists, report.archived, report.rejections) == (4, 3, [])
    assert {p.url for p in archived(tmp_path / "x") if isinstance(p, Page)} == {
        site.url + p for p in ("/a", "/b", "/c")
    }


def test_a_list_that_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    def conditional(request: Any) -> Reply:
        same = request.headers["If-None-Match"] == '"1"' and request.headers["If-Modified-Since"] == "then"
        return (304, {}, b"") if same else (200, {"ETag": '"1"', "Last-Modified": "then"}, feed().encode())

    site.replies["/feed"] = conditional
    assert (run(tmp_path, site.url + "/feed").unchanged, run(tmp_path, site.url + "/feed").unchanged) == (
        0,
        1,
    )


def test_robots_txt_is_kept(site: Site, tmp_path: Path) -> None:
    rules = "User-agent: *\nDisallow: /secret\n\nUser-agent: kutip\nDisallow: /ours\nCrawl-delay: 1\n"
    site.page("/robots.txt", rules)
    urls = [site.page(path, BODY) for path in ("/ours/1", "/secret/1", "/free/1")]
    report = run(tmp_path, site.page("/feed", feed(*urls)))
    assert (report.archived, reasons(report)) == (2, ["robots"])
    assert "/ours/1" not in site.paths()
    times = [time for time, path in site.asked if path in ("/secret/1", "/free/1")]
    assert all(later - earlier >= 0.9 for earlier, later in itertools.pairwise(times))
    assert site.paths().count("/robots.txt") == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_host_without_robots_txt(site: Site, tmp_path: Path, status: int, allowed: bool) -> None:
    site.replies["/robots.txt"] = (status, {}, b"")
    report = run(tmp_path, site.page("/a", BODY))
    assert (report.archived, reasons(report)) == ((1, []) if allowed else (0, ["robots"]))


def test_a_host_is_not_asked_too_fast(site: Site, tmp_path: Path) -> None:
    urls = [site.page(f"/{n}", BODY) for n in range(4)]
    run(tmp_path, site.page("/feed", feed(*urls)), options=Options(LOCAL, delay=0.2))
    times = [time for time, path in site.asked if path != "/robots.txt"]
    assert all(later - earlier >= 0.19 for earlier, later in itertools.pairwise(times))


def test_addresses_of_this_machine_are_refused(site: Site, tmp_path: Path) -> None:
    source = site.page("/a", BODY)
    public = Options(Limits(wait=2), delay=0)
    for url in (
        source,
        source.replace("127.0.0.1", "localhost"),
        source.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
    ):
        report = run(tmp_path, url, options=public)
        assert reasons(report) in (
            ["robots"],
            ["private-address"],
        )  # robots.txt could not be asked for either
        assert report.archived == 0
    assert site.asked == []


def test_redirects_to_private_addresses_are_refused(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host counts as public here, the one that it leads to does not."""
    real = run_module.get

    def as_if_public(url: str, limits: Limits, headers: dict[str, str]) -> Any:
        return real(url, LOCAL if "127.0.0.1" in url else limits, headers)

    monkeypatch.setattr(run_module, "get", as_if_public)
    for hop in ("http://localhost:1/x", "http://[::1]:1/x", "http://2130706433:1/x", "file:///etc/passwd"):
        site.replies["/a"] = (302, {"Location": hop}, b"")
        report = run(tmp_path, site.url + "/a", options=Options(Limits(wait=2), delay=0))
        assert set(reasons(report)) <= {"private-address", "robots", "bad-redirect"}
        assert report.archived == 0
        assert len(report.rejections) == 1


def test_redirects_are_followed_as_far_as_allowed(site: Site, tmp_path: Path) -> None:
    for n in range(9):
        site.replies[f"/{n}"] = (301, {"Location": f"/{n + 1}"}, b"")
    site.page("/5", BODY)
    assert run(tmp_path / "a", site.url + "/0").archived == 1
    (found,) = archived(tmp_path / "a")
    assert isinstance(found, Page)
    assert found.url == site.url + "/5"
    site.replies["/5"] = (301, {"Location": "/6"}, b"")
    assert reasons(run(tmp_path / "b", site.url + "/0")) == ["bad-redirect"]


def test_a_body_over_the_limit_is_refused(site: Site, tmp_path: Path) -> None:
    site.page("/told", "x" * 30_000)
    site.replies["/untold"] = (200, {"Content-Length": ""}, b"x" * 30_000)
    bomb = gzip.compress(b"<" + b"x" * 40 * 2**20)
    site.page("/bomb", bomb, Content_Encoding="gzip")
    report = run(tmp_path, site.page("/feed", feed(*(site.url + p for p in ("/told", "/untold")))))
    assert sorted(reasons(report)) == ["too-large", "too-large"]
    many = Options(Limits(private=True, bytes=10**6), delay=0)
    assert run(tmp_path / "b", site.page("/f2", feed(site.url + "/bomb")), options=many).archived == 1
    assert [r.reason for r in archived(tmp_path / "b") if isinstance(r, Rejection)] == ["too-large"]


def test_codings_are_kept_in_the_archive_and_undone_when_read(site: Site, tmp_path: Path) -> None:
    site.page("/a", gzip.compress(BODY.encode()), Content_Encoding="gzip")
    run(tmp_path, site.page("/feed", feed(site.url + "/a")))
    (found,) = archived(tmp_path)
    assert isinstance(found, Page)
    assert found.content == BODY.encode()


def dripping(sock: socket.socket, stop: threading.Event) -> None:
    """A server that sends a byte now and then, for ever."""
    while not stop.is_set():
        try:
            client, _ = sock.accept()
        except OSError:
            return
        try:
            while not stop.wait(0.1):
                client.send(b"H")
        except OSError:
            continue


@pytest.mark.parametrize("begins", [True, False])
def test_a_server_that_drips_or_is_silent_is_left(tmp_path: Path, begins: bool) -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as sock:
        if begins:
            threading.Thread(target=dripping, args=(sock, stop), daemon=True).start()
        limits = Limits(private=True, wait=0.5, seconds=1.0)
        url = f"http://127.0.0.1:{sock.getsockname()[1]}/a"
        with pytest.raises((OSError, http.client.HTTPException)):
            run_module.get(url, limits, {})
        stop.set()


def failing(times: int, then: Reply) -> Callable[[Any], Reply]:
    left = [times]

    def reply(_: Any) -> Reply:
        left[0] -= 1
        return (503, {}, b"") if left[0] >= 0 else then

    return reply


def test_pages_that_fail_are_tried_again_in_later_runs(site: Site, tmp_path: Path) -> None:
    site.replies["/late"] = failing(1, (200, {"Content-Type": "text/html"}, b"<p>x</p>"))
    site.replies["/never"] = failing(99, (200, {}, b""))
    source = site.page("/feed", feed(site.url + "/late", site.url + "/never", site.url + "/gone"))
    first = run(tmp_path, source)
    assert [(r.where, r.reason) for r in first.rejections] == [(site.url + "/gone", "http-status")]
    assert run(tmp_path, source).archived == 1
    assert [reasons(run(tmp_path, source)) for _ in range(TRIES - 1)] == [["http-status"], []]
    assert site.paths().count("/never") == TRIES


def test_interrupted_it_goes_on_with_what_was_waiting(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [site.page(f"/{n}", BODY.format(n)) for n in range(8)]
    source = site.page("/feed", feed(*urls))
    keep, kept = Archive.keep, [0]

    def killed(archive: Archive, answer: Any) -> tuple[str, int]:
        kept[0] += 1
        result = keep(archive, answer)  # it is written, but nobody is told
        if kept[0] == 4:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Archive, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, source)
    monkeypatch.setattr(Archive, "keep", keep)
    run(tmp_path, source)
    pages = archived(tmp_path)
    assert sorted(p.url or "" for p in pages if isinstance(p, Page)) == sorted(urls)
    assert len(pages) == len(urls)


def test_what_cannot_be_asked_says_why(site: Site, tmp_path: Path) -> None:
    (tmp_path / "notes.opml").write_text("not xml")
    sources = [
        "file:///etc/passwd",
        str(tmp_path / "notes.opml"),
        str(tmp_path / "none.opml"),
        "http://127.0.0.1:1/",
    ]
    report = run(tmp_path / "a", *sources)
    assert reasons(report) == ["bad-address", "not-a-list", "unreadable", "robots"]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    import sqlite3

    state = State(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        State(tmp_path)
    state.close()
    State(tmp_path).close()
