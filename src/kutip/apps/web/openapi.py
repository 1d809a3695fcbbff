"""The description of the API, OpenAPI 3.1, made from the shapes themselves."""

from typing import Any

import msgspec

from kutip.apps.web import ask, shapes
from kutip.apps.web.stories import StatementPage, StoriesPage, StoryPage

EXAMPLES = {
    "speaker": "s16e10bc9f2dd1c3b",
    "by": "Peskov",
    "about": "logam tanah jarang",
    "to": "wartawan",
    "via": "Reuters",
    "in": "Kabartala",
    "since": "2025-02",
    "until": "2025-02-25",
    "kind": "direct",
    "force": "denies",
}
_TELLS = {
    "speaker": "Speaker: the id, whatever names articles give.",
    "by": "Speaker: part of a name as articles give it; case and accents do not matter.",
    "about": "Words in what was said, all of them; the beginning of a word from four letters on;"
    " words in quotation marks stand together.",
    "to": "Whom it was said to: part of the name.",
    "via": "Outlet or agency that the article had it from: part of the name.",
    "in": "Outlet that ran the article: part of the name.",
    "since": "Said, else published, on or after: a year, a month or a day.",
    "until": "Said, else published, on or before.",
    "kind": "Kind of the quotation.",
    "force": "What the speaker does by speaking.",
}
_AFTER: dict[str, Any] = {
    "name": "after",
    "in": "query",
    "description": "Cursor: what `next` of the page before says, as it is.",
    "schema": {"type": "string"},
    "example": "2025-02-25~1234",
}
_SIZE: dict[str, Any] = {
    "name": "size",
    "in": "query",
    "description": "Statements on a page.",
    "schema": {"type": "integer", "minimum": 1, "maximum": ask.MAX_SIZE, "default": ask.SIZE},
    "example": ask.SIZE,
}
_PAGES: tuple[tuple[str, str, type], ...] = (
    ("/index.json", "Newest articles, most quoted speakers, what changed, days", shapes.FrontPage),
    ("/search.json", "Statements that answer to filters, latest first, with counts", shapes.SearchPage),
    (
        "/speakers.json",
        "Speakers under all their names, those with most statements first",
        shapes.SpeakersPage,
    ),
    (
        "/speaker/{id}.json",
        "What a speaker said, latest first; names, roles, outlets, months",
        shapes.SpeakerPage,
    ),
    ("/stories.json", "Stories, the last first", StoriesPage),
    ("/story/{id}.json", "A story: articles, statements, who has it from whom", StoryPage),
    ("/statement/{id}.json", "A statement with its renditions, word by word", StatementPage),
    ("/coverage.json", "What was read, from which outlets, what was not used and why", shapes.CoveragePage),
)
_ROWS = {"csv": "text/csv", "jsonl": "application/jsonl"}


def description(version: str) -> dict[str, Any]:
    """The whole document. version: of Kutip."""
    _, components = msgspec.json.schema_components(
        [shape for _, _, shape in _PAGES], ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kutip",
            "version": version,
            "description": "Who said what, when, to whom, through which outlet. JSON over GET; every page with an"
            " address that ends in .html has a twin that ends in .json.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {**_json_paths(), **_row_paths(), **_other_paths()},
        "components": {"schemas": {**components, "Error": _ERROR}, "responses": _RESPONSES},
    }


def _json_paths() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for path, summary, shape in _PAGES:
        parameters = [*_filters(), _AFTER, _SIZE] if path == "/search.json" else []
        if "{id}" in path:
            paging: list[dict[str, Any]] = [_AFTER, _SIZE] if path.startswith("/speaker/") else []
            parameters = [_id("s16e10bc9f2dd1c3b"), *paging]
        schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
        paths[path] = _get(summary, parameters, "application/json", schema)
    article = {
        "type": "object",
        "description": "As `kutip article --json`, with the words of each attribution.",
    }
    told = "An article with its text, blocks and attributions"
    paths["/article/{id}.json"] = _get(told, [_id("a15020fc0d2c9a88ac")], "application/json", article)
    return paths


def _row_paths() -> dict[str, Any]:
    """All statements of a page, streamed."""
    paths: dict[str, Any] = {}
    for ending, media_type in _ROWS.items():
        text = {"type": "string"}
        told = "All statements, streamed: the columns of `kutip said`"
        paths[f"/search.{ending}"] = _get(told, _filters(), media_type, text)
        for noun, example in (("speaker", "s16e10bc9f2dd1c3b"), ("article", "a15020fc0d2c9a88ac")):
            paths[f"/{noun}/{{id}}.{ending}"] = _get(told, [_id(example)], media_type, text)
    return paths


def _other_paths() -> dict[str, Any]:
    feed = {"type": "string"}
    health = {"type": "object", "properties": {"status": {"const": "ok"}}, "required": ["status"]}
    return {
        "/search.atom": _get("The latest as an Atom feed", _filters(), "application/atom+xml", feed),
        "/speaker/{id}.atom": _get(
            "The latest as an Atom feed", [_id("s16e10bc9f2dd1c3b")], "application/atom+xml", feed
        ),
        "/story/{id}.atom": _get(
            "Its statements as an Atom feed", [_id("s16e10bc9f2dd1c3b")], "application/atom+xml", feed
        ),
        "/healthz": _get("Whether the record can be read", [], "application/json", health),
    }


def _get(summary: str, parameters: list[Any], media_type: str, schema: Any) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": {media_type: {"schema": schema}}},
        "304": {"description": "The reader has it: If-None-Match names its ETag"},
        "503": {"$ref": "#/components/responses/Unreadable"},
    }
    if parameters:
        responses["400"] = {"$ref": "#/components/responses/BadQuestion"}
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["404"] = {"$ref": "#/components/responses/NotFound"}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


def _filters() -> list[dict[str, Any]]:
    found = []
    for name in ask.FILTERS:
        schema: dict[str, Any] = {"type": "string", "maxLength": ask.LONGEST}
        if name in ask.CHOICES:
            schema = {"type": "string", "enum": list(ask.CHOICES[name])}
        told = {"description": _TELLS[name], "schema": schema, "example": EXAMPLES[name]}
        found.append({"name": name, "in": "query", **told})
    return found


def _id(example: str) -> dict[str, Any]:
    told = {"description": "Id of it.", "schema": {"type": "string"}, "example": example}
    return {"name": "id", "in": "path", "required": True, **told}


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {
                "status": {"type": "integer"},
                "message": {"type": "string", "description": "What is wrong, and what would be right."},
                "field": {"type": "string", "description": "Which parameter, where it is one."},
            },
        }
    },
    "examples": [
        {
            "error": {
                "status": 400,
                "message": "'yesterday' is not a date; write 2025, 2025-02 or 2025-02-25",
                "field": "since",
            }
        }
    ],
}
_OF_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
_RESPONSES = {
    "BadQuestion": {"description": "A parameter cannot be understood", "content": _OF_ERROR},
    "NotFound": {"description": "Nothing in the record has this id", "content": _OF_ERROR},
    "Unreadable": {"description": "The record cannot be read now", "content": _OF_ERROR},
}
