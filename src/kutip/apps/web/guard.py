"""What stands before all pages: headers that let nothing run but our own files, and a limit of requests."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from kutip.views.web.page import POLICY

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Request, int, str], Response]

HEADERS = {
    "Content-Security-Policy": POLICY + "; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CLIENTS = 10_000  # whose requests are counted; the one unheard of for longest is forgotten first


class Headers:
    """Adds HEADERS to every answer."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class RateLimit:
    """At most so many requests a minute from one address: a bucket that fills steadily."""

    def __init__(
        self, app: App, per_minute: int, refuse: Refuse, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self.per_minute = per_minute
        self._refuse = refuse
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] != "http" or self._allows(scope["client"][0] if scope.get("client") else ""):
            await self.app(scope, receive, send)
            return
        wait = max(1, 60 // self.per_minute)
        message = f"at most {self.per_minute} requests a minute; try again in {wait} s"
        response = self._refuse(Request(scope, receive), 429, message)
        response.headers["Retry-After"] = str(wait)
        await response(scope, receive, send)

    def _allows(self, client: str) -> bool:
        now = self._clock()
        left, seen = self._left.pop(client, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - seen) * self.per_minute / 60)
        self._left[client] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > CLIENTS:
            self._left.popitem(last=False)
        return left >= 1
