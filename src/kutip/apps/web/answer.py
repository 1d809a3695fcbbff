"""Answers: conditional on an ETag, in the language that the reader's browser asks for, errors in the form asked for."""

import secrets
from hashlib import sha256

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kutip.apps.web.documents import ATOM, HTML, JSON, Documents
from kutip.store.speakers import Speakers
from kutip.views.web.page import Kind, stamp
from kutip.views.words import interface_languages

_PROCESS = secrets.token_hex(4)  # numbers of states mean something within one process only
UNCHANGED = 304
NOBODY = Speakers({}, {}, {})


def language(request: Request, otherwise: str) -> str:
    """The interface language that Accept-Language prefers, else ``otherwise``."""
    known = interface_languages()
    wishes: list[tuple[float, int, str]] = []
    for at, part in enumerate(request.headers.get("accept-language", "")[:200].split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), at, code.split("-")[0].lower()))
        except ValueError:
            continue
    return next((code for _, _, code in sorted(wishes) if code in known), otherwise)


def etag(request: Request, state: int, tongue: str) -> str:
    """Of what depends on the state of the record, the address, the language and our own files."""
    parts = (_PROCESS, str(state), stamp(), tongue, request.url.path, request.url.query)
    return f'"{sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:20]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the reader has this version already."""
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag in known or "*" in known


def fresh(content: str | bytes, media_type: str, tag: str) -> Response:
    """An answer that may be kept, if it is asked after each time."""
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return Response(content, media_type=media_type, headers=headers)


def unchanged(tag: str) -> Response:
    """The reader has it."""
    return Response(status_code=UNCHANGED, headers={"ETag": tag, "Vary": "Accept-Language"})


def wants_html(request: Request) -> bool:
    """Whether an error is to be a page: where the address is that of a page."""
    name = request.url.path.rsplit("/", 1)[-1]
    return name.endswith(".html") or "." not in name


def failed(request: Request, kind: Kind, status: int, message: str, field: str = "") -> Response:
    """An answer that says what is wrong: a page, or JSON {"error": {"status", "message", "field"}}."""
    if wants_html(request):
        tongue = language(request, interface_languages()[0])
        path = request.url.path.lstrip("/")
        return Response(Documents(kind, tongue, NOBODY).error(path, status, message), status, media_type=HTML)
    error = {"status": status, "message": message, **({"field": field} if field else {})}
    return Response(msgspec.json.encode({"error": error}), status, media_type=JSON)


__all__ = ["ATOM", "HTML", "JSON", "etag", "failed", "fresh", "is_known", "language", "unchanged"]
