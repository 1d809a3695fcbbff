"""Pictures of the pages. KUTIP_IMAGES=docs/images writes those of the documentation anew."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.test_pages import places  # noqa: F401
from tests.web.serving import Client

PHONE = {"width": 390, "height": 760}
SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "front": ("front", {}),
    "search": ("search", {}),
    "speaker": ("speaker", {"locale": "id-ID"}),
    "article": ("article", {"locale": "id-ID"}),
    "coverage": ("coverage", {}),
    "article-dark": ("article", {"color_scheme": "dark"}),
    "article-phone": ("article", {**PHONE, "locale": "id-ID"}),
    "search-phone": ("search", {**PHONE, "locale": "id-ID"}),
}


@pytest.fixture(scope="session")
def most_quoted(client: Client) -> str:
    """The page of the speaker with most statements."""
    return f"speaker/{client.get('/speakers.json').json['speakers'][0]['id']}.html"


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_of_each_page(
    client: Client,
    visit: Open,
    places: dict[str, str],  # noqa: F811
    most_quoted: str,
    tmp_path: Path,
    name: str,
) -> None:
    kind, look = SHOTS[name]
    page = visit(f"{client.base}/{most_quoted if kind == 'speaker' else places[kind]}", **look)
    if kind == "article":
        page.keyboard.press("j")
        page.keyboard.press("j")
    folder = Path(os.environ.get("KUTIP_IMAGES", tmp_path))
    page.screenshot(path=folder / f"{name}.png")
    size = (folder / f"{name}.png").stat().st_size
    assert 10_000 < size < 400_000
