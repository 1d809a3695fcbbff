"""The description of the API is valid, and the answers are what it says."""

from typing import Any

import pytest

from tests.web.serving import Client
from tests.web.test_server import every_address, linked, some


@pytest.fixture(scope="module")
def described(client: Client) -> Any:
    return client.get("/openapi.json").json


def test_it_is_openapi_3_1(described: Any) -> None:
    pytest.importorskip("openapi_spec_validator").validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_parameter_has_an_example_that_is_answered(client: Client, described: Any) -> None:
    from urllib.parse import urlencode

    for parameter in described["paths"]["/search.json"]["get"]["parameters"]:
        known = {"speaker": some(client)[1]}
        query = urlencode({parameter["name"]: known.get(parameter["name"], parameter["example"])})
        assert client.get(f"/search.json?{query}").status == 200, query


def test_answers_are_what_is_described(client: Client, described: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    article, speaker = some(client)
    story, statement = linked(client)
    keys = {"speaker": speaker, "article": article, "story": story, "statement": statement}
    for path, item in described["paths"].items():
        key = keys.get(path.split("/")[1], "-")
        if not key:
            continue
        content = item["get"]["responses"]["200"]["content"]
        answer = client.get(path.replace("{id}", key))
        assert answer.status == 200, path
        assert answer.headers["content-type"].split(";")[0] in content, path
        if "application/json" in content:
            schema = {**content["application/json"]["schema"], "components": described["components"]}
            jsonschema.validate(answer.json, schema)
    error = client.get("/search.json?since=x").json
    jsonschema.validate(error, described["components"]["schemas"]["Error"])


def test_every_address_for_programs_is_described(client: Client, described: Any) -> None:
    story, statement = linked(client)
    absent = {f"/{noun}/" for noun, key in (("story", story), ("statement", statement)) if not key}
    known = {p.replace("{id}", "*") for p in described["paths"] if not any(map(p.startswith, absent))}
    addresses = {address.partition("?")[0] for address in every_address(client)}
    for key in filter(None, (*some(client), story, statement)):
        addresses = {address.replace(key, "*") for address in addresses}
    pages = {a for a in addresses if a.endswith(".html") or a == "/" or a.startswith("/static/")}
    assert addresses - pages - {"/openapi.json"} == known
