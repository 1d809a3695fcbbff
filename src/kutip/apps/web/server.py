"""The server: pages of one record, for readers on this machine."""

from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kutip.apps.web import answer, documents, openapi
from kutip.apps.web.ask import BadQuestion, Question, question
from kutip.apps.web.guard import Headers, RateLimit
from kutip.apps.web.source import Source, article_json
from kutip.store import NotFound, RecordError, Said, SaidQuery
from kutip.store.view import SqliteView
from kutip.views.web.page import Kind, ask, stamp, static_files
from kutip.views.words import interface_languages

LOCAL = ("127.0.0.1", "localhost", "::1", "[::1]")


class Options(msgspec.Struct, frozen=True):
    """hosts: names by which the server may be called. per_minute: requests of one address; 0: no limit.

    language: of pages, where the reader's browser asks for none of ours.
    """

    version: str
    hosts: tuple[str, ...] = LOCAL
    per_minute: int = 0
    language: str = ""


class Server:
    """Routes to answers. Every answer is a function of the record and of the address."""

    def __init__(self, source: Source, options: Options) -> None:
        self.source = source
        self.kind = Kind(static=False, with_text=True, version=options.version)
        self.otherwise = options.language or interface_languages()[0]

    def _answer(self, request: Request, media_type: str, make: Callable[[str], str | bytes]) -> Response:
        """make: the document in a language; not made where the reader has it."""
        tongue = answer.language(request, self.otherwise)
        tag = answer.etag(request, self.source.state(), tongue)
        if answer.is_known(request, tag):
            return answer.unchanged(tag)
        return answer.fresh(make(tongue), media_type, tag)

    def _page(self, request: Request, make: Callable[[], msgspec.Struct]) -> Response:
        """A page or its JSON twin."""
        path = request.url.path.lstrip("/") or "index.html"
        if path.endswith(".json"):
            return self._answer(request, documents.JSON, lambda tongue: documents.json(make()))
        return self._answer(
            request, documents.HTML, lambda tongue: self._documents(tongue).html(path, make())
        )

    def _documents(self, tongue: str) -> documents.Documents:
        kind = msgspec.structs.replace(self.kind, stories=self.source.summary().stories > 0)
        found = self.source.summary()
        return documents.Documents(kind, tongue, found.speakers, found.anew)

    def front(self, request: Request) -> Response:
        """The first page."""
        return self._page(request, self.source.front)

    def speakers(self, request: Request) -> Response:
        """Speakers with most statements."""
        return self._page(request, self.source.speakers)

    def coverage(self, request: Request) -> Response:
        """What was read."""
        return self._page(request, self.source.coverage)

    def search(self, request: Request) -> Response:
        """Statements that answer to filters."""
        asked = self._asked(request)
        return self._page(request, lambda: self.source.search(asked))

    def search_feed(self, request: Request) -> Response:
        """The latest of them as a feed."""
        asked = self._asked(request)

        def made(tongue: str) -> str:
            found, link = self.source.search(asked), ask(asked.asked)
            named = {"speaker": found.speaker.name} if found.speaker else {}
            title = " · ".join((asked.asked | named).values()) or "Kutip"
            return documents.feed("search.atom", f"search:{quote(link)}", title, link, found.statements)

        return self._answer(request, documents.ATOM, made)

    def search_rows(self, request: Request) -> Response:
        """All of them, streamed."""
        query = self.source.wanted(self._asked(request)).query
        return self._rows(request, lambda view: view.said(query))

    def speaker(self, request: Request) -> Response:
        """What a speaker said; the id of a name leads to who has it, or shows all who do."""
        asked, key = self._asked(request), request.path_params["id"]
        found = self.source.meant(key)
        if len(found) > 1 and request.url.path.endswith(".html"):
            return self._page(request, lambda: self.source.of_a_name(found))
        if moved := self._moved(request):
            return moved
        wanted, speaker = asked.wanted, self.source.named(key)
        return self._page(request, lambda: self.source.speaker(speaker, wanted.after, wanted.size))

    def speaker_feed(self, request: Request) -> Response:
        """The latest of it as a feed."""
        speaker = self.source.named(request.path_params["id"])

        def made(tongue: str) -> str:
            found = self.source.speaker(speaker)
            path, link = f"speaker/{speaker.id}.atom", f"{speaker.id}.html"
            return documents.feed(path, f"speaker:{speaker.id}", speaker.name, link, found.statements)

        return self._moved(request) or self._answer(request, documents.ATOM, made)

    def speaker_rows(self, request: Request) -> Response:
        """All of it, streamed."""
        speaker = self.source.named(request.path_params["id"])
        query = SaidQuery(whose=speaker.whose)
        return self._moved(request) or self._rows(request, lambda view: view.said(query))

    def _moved(self, request: Request) -> Response | None:
        """To the address of the speaker, from that of another name or of the actor. Not for good: names can part."""
        key = request.path_params["id"]
        found = self.source.meant(key)
        if len(found) != 1 or found[0].id == key:
            return None
        ending = request.url.path.rsplit(".", 1)[-1]
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{found[0].id}.{ending}{query}", 302)

    def article(self, request: Request) -> Response:
        """An article with its marks, or its JSON twin."""
        key, path = request.path_params["id"], request.url.path.lstrip("/")
        if path.endswith(".json"):
            return self._answer(
                request, documents.JSON, lambda _: article_json(self.source.article(key), True)
            )

        def made(tongue: str) -> str:
            kept = self.source.article(key)
            return self._documents(tongue).article(path, kept, self.source.beside(kept.article.id))

        return self._answer(request, documents.HTML, made)

    def stories(self, request: Request) -> Response:
        """Stories, the last first."""
        return self._page(request, self.source.stories)

    def story(self, request: Request) -> Response:
        """A story: articles, statements, who has it from whom."""
        key = request.path_params["id"]
        return self._page(request, lambda: self.source.story(key))

    def story_feed(self, request: Request) -> Response:
        """Its statements as a feed."""
        key = request.path_params["id"]

        def made(tongue: str) -> str:
            page = self.source.story(key)
            return documents.story_feed(key, page.found.story.headline or key, page.timeline)

        return self._answer(request, documents.ATOM, made)

    def statement(self, request: Request) -> Response:
        """A statement with its renditions."""
        key = request.path_params["id"]
        return self._page(request, lambda: self.source.statement(key, with_text=True))

    def article_rows(self, request: Request) -> Response:
        """What is said in an article."""
        key = self.source.article(request.path_params["id"]).article.id
        return self._rows(request, lambda view: view.said_in(key))

    def attribution(self, request: Request) -> Response:
        """To the place of an attribution in its article."""
        kept, found = self.source.view.attribution(request.path_params["id"])
        return RedirectResponse(f"../article/{kept.article.id}.html#{found.id}", 302)

    def health(self, request: Request) -> Response:
        """Whether the record can be read."""
        self.source.view.newest(1)
        return Response(b'{"status":"ok"}', media_type=documents.JSON, headers={"Cache-Control": "no-store"})

    def openapi(self, request: Request) -> Response:
        """The description of this API."""
        made = msgspec.json.encode(openapi.description(self.kind.version))
        return self._answer(request, documents.JSON, lambda tongue: made)

    def static(self, request: Request) -> Response:
        """Files that all pages use."""
        found = static_files().get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        kept = (
            "public, max-age=31536000, immutable" if request.query_params.get("v") == stamp() else "no-cache"
        )
        return Response(found[1], media_type=found[0], headers={"Cache-Control": kept})

    def _asked(self, request: Request) -> Question:
        return question(request.query_params.multi_items())

    def _rows(self, request: Request, select: Callable[[SqliteView], Iterator[Said]]) -> Response:
        rows = self.source.stream(select)
        name = request.url.path.rsplit("/", 1)[-1]
        headers = {"Content-Disposition": f'attachment; filename="kutip-{name}"', "Cache-Control": "no-cache"}
        if name.endswith(".csv"):
            return StreamingResponse(documents.csv_lines(rows), media_type=documents.CSV, headers=headers)
        return StreamingResponse(documents.json_lines(rows), media_type=documents.JSONL, headers=headers)

    def routes(self) -> list[Route]:
        """Addresses; those of pages are those of the files of a site."""
        to: list[tuple[str, Callable[[Request], Response]]] = [
            ("/", self.front),
            ("/index.html", self.front),
            ("/index.json", self.front),
            ("/search.html", self.search),
            ("/search.json", self.search),
            ("/search.atom", self.search_feed),
            ("/search.csv", self.search_rows),
            ("/search.jsonl", self.search_rows),
            ("/speakers.html", self.speakers),
            ("/speakers.json", self.speakers),
            ("/speaker/{id:str}.html", self.speaker),
            ("/speaker/{id:str}.json", self.speaker),
            ("/speaker/{id:str}.atom", self.speaker_feed),
            ("/speaker/{id:str}.csv", self.speaker_rows),
            ("/speaker/{id:str}.jsonl", self.speaker_rows),
            ("/article/{id:str}.html", self.article),
            ("/article/{id:str}.json", self.article),
            ("/article/{id:str}.csv", self.article_rows),
            ("/article/{id:str}.jsonl", self.article_rows),
            ("/attribution/{id:str}.html", self.attribution),
            ("/stories.html", self.stories),
            ("/stories.json", self.stories),
            ("/story/{id:str}.html", self.story),
            ("/story/{id:str}.json", self.story),
            ("/story/{id:str}.atom", self.story_feed),
            ("/statement/{id:str}.html", self.statement),
            ("/statement/{id:str}.json", self.statement),
            ("/coverage.html", self.coverage),
            ("/coverage.json", self.coverage),
            ("/openapi.json", self.openapi),
            ("/healthz", self.health),
            ("/static/{name:str}", self.static),
        ]
        return [Route(path, endpoint, methods=["GET"]) for path, endpoint in to]


def application(path: str, options: Options) -> Starlette:
    """The server of the record at ``path`` as an ASGI application. Raises RecordError."""
    source = Source(path)
    server = Server(source, options)

    def refuse(request: Request, status: int, message: str, field: str = "") -> Response:
        return answer.failed(request, server.kind, status, message, field)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        yield
        source.close()

    limit = (
        [Middleware(RateLimit, per_minute=options.per_minute, refuse=refuse)] if options.per_minute else []
    )
    return Starlette(
        routes=server.routes(),
        middleware=[
            Middleware(Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(options.hosts), www_redirect=False),
            *limit,
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
        ],
        exception_handlers=_handlers(refuse),
        lifespan=lifespan,
    )


def _handlers(refuse: Callable[..., Response]) -> dict[Any, Any]:
    """What can go wrong, and how it is said."""

    def http(request: Request, error: Any) -> Response:
        message = f"there is no {request.url.path}" if error.status_code == 404 else error.detail
        response = refuse(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response

    return {
        BadQuestion: lambda request, error: refuse(request, 400, str(error), error.field),
        NotFound: lambda request, error: refuse(request, 404, str(error)),
        RecordError: lambda request, error: refuse(request, 503, str(error)),
        HTTPException: http,
        Exception: lambda request, error: refuse(
            request, 500, f"{type(error).__name__}; please report it with the address"
        ),
    }
