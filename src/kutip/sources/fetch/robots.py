"""robots.txt (RFC 9309): what a host lets be read, and how fast."""

import http.client
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from kutip.sources.codings import decoded
from kutip.sources.fetch.http import AGENT, Answer, host_of

_MOST = 500 * 1024  # bytes of a robots.txt that are read
_LONGEST = 60.0  # seconds between two requests that a host can ask for


class Robots:
    """The rules of one host."""

    def __init__(self, rules: RobotFileParser | None, everything: bool) -> None:
        self._rules = rules
        self._everything = everything

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be read."""
        return self._everything if self._rules is None else self._rules.can_fetch(AGENT, url)

    def delay(self, least: float) -> float:
        """Seconds between two requests: ``least``, or more where the host asks for more."""
        asked = self._rules.crawl_delay(AGENT) if self._rules else None
        return max(least, min(float(asked or 0), _LONGEST))


def read_robots(url: str, ask: Callable[[str], Answer]) -> Robots:
    """The rules for the host of ``url``.

    No robots.txt (400 to 499): all is allowed. A server that fails or cannot be reached: nothing is, for now.
    """
    try:
        answer = ask(host_of(url) + "/robots.txt")
    except (OSError, http.client.HTTPException, ValueError):
        return Robots(None, False)
    if answer.status != 200:
        return Robots(None, 400 <= answer.status < 500)
    try:
        text = decoded(answer.body, answer)[:_MOST].decode("utf-8", "replace")
    except OSError:
        return Robots(None, False)
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    return Robots(rules, False)
