"""Lists to pages to the archive: hosts side by side, each asked one thing at a time and not too fast."""

import http.client
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from kutip.model import Rejection
from kutip.sources.codings import decoded
from kutip.sources.fetch.addresses import Refused
from kutip.sources.fetch.archive import Archive
from kutip.sources.fetch.http import Answer, Limits, TooLarge, clean, get, host_of
from kutip.sources.fetch.links import read_links
from kutip.sources.fetch.robots import Robots, read_robots
from kutip.sources.fetch.state import State

_DEPTH = 3  # a list of feeds, a sitemap index, its parts


class Options(msgspec.Struct, frozen=True):
    """delay: least seconds between two requests to a host. hosts: how many are asked at a time.

    most: pages of one run, None for all.
    """

    limits: Limits = Limits()
    delay: float = 1.0
    hosts: int = 8
    most: int | None = None


class Report(msgspec.Struct):
    """What a run did. unchanged: lists that the server said are as before."""

    lists: int = 0
    unchanged: int = 0
    new: int = 0
    archived: int = 0
    rejections: list[Rejection] = []


class _Failed(Exception):
    """Why an address could not be had; final: another try is no use."""

    def __init__(self, reason: str, detail: str, final: bool) -> None:
        super().__init__(detail)
        self.rejection = (reason, detail)
        self.final = final


def fetch(sources: Iterable[str], state: State, archive: Archive, options: Options, report: Report) -> None:
    """Reads lists, then the pages that are new in them, into the archive.

    sources: files of OPML, addresses of feeds, sitemaps and pages. ``report`` is filled as the work goes on. What
    was left waiting by an earlier run is read as well. Nothing is asked for that robots.txt forbids.
    """
    hosts = _Hosts(options)
    for source in sources:
        if "://" in source:
            _read_list(source, hosts, state, archive, report)
            continue
        try:
            links = read_links(Path(source).read_bytes(), "")
        except OSError as error:
            report.rejections.append(Rejection(source, "unreadable", f"cannot be read: {error.strerror}"))
            continue
        if links is None:
            what = "no list of feeds (OPML), and no address (http:// or https://)"
            report.rejections.append(Rejection(source, "not-a-list", what))
            continue
        report.lists += 1
        for found in (*links.further, *links.pages):
            _read_list(found, hosts, state, archive, report, 2)
    _read_pages(hosts, state, archive, report)


def _read_list(
    source: str, hosts: "_Hosts", state: State, archive: Archive, report: Report, depth: int = 1
) -> None:
    """Notes what a list gives; an address that turns out to be a page goes to the archive."""
    try:
        url = clean(source)
        answer = hosts.ask(url, state.conditions(url))
        if answer.status == 304:
            report.unchanged += 1
            return
        links = read_links(_plain(decoded(answer.body, answer)), answer.url)
    except ValueError as error:
        report.rejections.append(Rejection(source, "bad-address", str(error)))
        return
    except (_Failed, OSError) as error:
        reason, detail = error.rejection if isinstance(error, _Failed) else ("bad-encoding", str(error))
        report.rejections.append(Rejection(source, reason, detail))
        return
    if links is None:
        state.archived(url, *archive.keep(answer))
        report.archived += 1
        return
    report.lists += 1
    for further in links.further:
        if depth < _DEPTH:
            _read_list(further, hosts, state, archive, report, depth + 1)
    pages = [page for page in map(_cleaned, links.pages) if page]
    report.new += state.listed(url, (answer.get("ETag"), answer.get("Last-Modified")), pages)


def _read_pages(hosts: "_Hosts", state: State, archive: Archive, report: Report) -> None:
    """All that is waiting, the hosts side by side; what they send is written here, by one thread."""
    by_host: dict[str, list[str]] = {}
    for url in state.waiting()[: hosts.options.most]:
        by_host.setdefault(host_of(url), []).append(url)
    results: queue.Queue[tuple[str, Answer | _Failed] | None] = queue.Queue(hosts.options.hosts * 2)
    stop = threading.Event()
    with ThreadPoolExecutor(hosts.options.hosts) as pool:
        try:
            for urls in by_host.values():
                pool.submit(_read_host, urls, hosts, results, stop)
            for url, found in _until_ended(results, len(by_host)):
                if isinstance(found, Answer):
                    state.archived(url, *archive.keep(found))
                    report.archived += 1
                elif state.failed(url, found.final):
                    report.rejections.append(Rejection(url, *found.rejection))
        except BaseException:
            stop.set()
            raise


def _until_ended(
    results: "queue.Queue[tuple[str, Answer | _Failed] | None]", threads: int
) -> "Iterator[tuple[str, Answer | _Failed]]":
    while threads:
        if (result := results.get()) is None:
            threads -= 1
        else:
            yield result


def _read_host(
    urls: list[str],
    hosts: "_Hosts",
    results: "queue.Queue[tuple[str, Answer | _Failed] | None]",
    stop: threading.Event,
) -> None:
    def give(result: tuple[str, Answer | _Failed] | None) -> None:
        while not stop.is_set():
            try:
                return results.put(result, timeout=0.5)
            except queue.Full:
                continue

    for url in urls:
        if stop.is_set():
            return
        try:
            give((url, hosts.ask(url, {})))
        except _Failed as failed:
            give((url, failed))
        except Exception as error:  # a fault of ours costs this address
            give((url, _Failed("internal", f"{type(error).__name__}: {error}; please report it", True)))
    give(None)


class _Hosts:
    """Asks hosts within their rules (robots.txt, a delay between two requests) and within limits."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._robots: dict[str, Robots] = {}
        self._next: dict[str, float] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def ask(self, url: str, headers: dict[str, str]) -> Answer:
        """The answer for a clean address, after its redirects: status 200, or 304 where headers ask for it."""
        for _ in range(self.options.limits.redirects + 1):
            if not self._rules(url).allow(url):
                raise _Failed("robots", "robots.txt of its host does not let it be read", True)
            answer = self._told(url, headers)
            try:
                location = answer.location
            except ValueError as error:
                raise _Failed(
                    "bad-redirect", f"leads to an address that cannot be asked: {error}", True
                ) from error
            if location is None:
                if answer.status in (200, 304):
                    return answer
                final = 400 <= answer.status < 500 and answer.status not in (408, 425, 429)
                raise _Failed("http-status", f"the server said {answer.status} {answer.reason[:60]}", final)
            url = location
        raise _Failed("bad-redirect", f"more than {self.options.limits.redirects} redirects", True)

    def _told(self, url: str, headers: dict[str, str]) -> Answer:
        """One answer, or why there is none."""
        try:
            return self._paced(url, self._rules(url).delay(self.options.delay), headers)
        except Refused as error:
            raise _Failed("private-address", str(error), True) from error
        except TooLarge as error:
            raise _Failed("too-large", str(error), True) from error
        except TimeoutError as error:
            raise _Failed("timeout", str(error) or "no answer in time", False) from error
        except (OSError, http.client.HTTPException) as error:
            detail = f"cannot be reached: {str(error) or type(error).__name__}"
            raise _Failed("unreachable", detail, False) from error

    def _rules(self, url: str) -> Robots:
        host = host_of(url)
        with self._host_lock(host):
            if host not in self._robots:
                self._robots[host] = read_robots(url, self._ask_robots)
            return self._robots[host]

    def _ask_robots(self, url: str) -> Answer:
        """robots.txt itself, at the end of its redirects."""
        for _ in range(self.options.limits.redirects + 1):
            answer = get(url, self.options.limits, {})
            if (location := answer.location) is None:
                return answer
            url = location
        raise OSError("too many redirects")

    def _paced(self, url: str, delay: float, headers: dict[str, str]) -> Answer:
        host = host_of(url)
        with self._host_lock(host):
            time.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
            try:
                return get(url, self.options.limits, headers)
            finally:
                self._next[host] = time.monotonic() + delay

    def _host_lock(self, host: str) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(host, threading.Lock())


def _cleaned(url: str) -> str | None:
    try:
        return clean(url)
    except ValueError:
        return None


def _plain(content: bytes) -> bytes:
    """A sitemap may be a gzip file (sitemap.xml.gz), under whatever header."""
    return decoded(content, {"Content-Encoding": "gzip"}) if content[:2] == b"\x1f\x8b" else content
