"""Pictures of the pages. KUTIP_IMAGES=docs/images writes those of the documentation anew."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.test_pages import places  # noqa: F401
from tests.web.serving import Client
from tests.web.test_server import linked

PHONE = {"width": 390, "height": 760}
SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "front": ("front", {}),
    "search": ("search", {}),
    "speaker": ("speaker", {"locale": "id-ID"}),
    "article": ("article", {"locale": "id-ID"}),
    "coverage": ("coverage", {}),
    "story": ("story", {}),
    "statement": ("statement", {}),
    "article-dark": ("article", {"color_scheme": "dark"}),
    "article-phone": ("article", {**PHONE, "locale": "id-ID"}),
    "search-phone": ("search", {**PHONE, "locale": "id-ID"}),
}


@pytest.fixture(scope="session")
def richest(client: Client) -> dict[str, str]:
    """The pages of the speaker, of the story and of the statement with most to show."""
    story, statement = linked(client)
    return {
        "speaker": f"speaker/{client.get('/speakers.json').json['speakers'][0]['id']}.html",
        "story": f"story/{story}.html",
        "statement": f"statement/{statement}.html",
    }


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_of_each_page(
    client: Client,
    visit: Open,
    places: dict[str, str],  # noqa: F811
    richest: dict[str, str],
    tmp_path: Path,
    name: str,
) -> None:
    kind, look = SHOTS[name]
    page = visit(f"{client.base}/{richest.get(kind) or places[kind]}", **look)
    if kind == "article":
        page.keyboard.press("j")
        page.keyboard.press("j")
    folder = Path(os.environ.get("KUTIP_IMAGES", tmp_path))
    page.screenshot(path=folder / f"{name}.png")
    size = (folder / f"{name}.png").stat().st_size
    assert 10_000 < size < 400_000
