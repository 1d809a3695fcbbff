"""A real browser, Debian's Chromium, driven by Playwright; and what it looks at."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import corpus
from tests.web.serving import Client, fill, served
from tests.web.test_stories import make

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
Open = Callable[..., Any]


@pytest.fixture(scope="package")  # no longer: its event loop is in the way of others
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seen") / "record.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def client(record_path: Path) -> Iterator[Client]:
    pytest.importorskip("uvicorn")
    from kutip.apps.web.server import Options, application

    with served(application(str(record_path), Options("0"))) as found:
        yield found


@pytest.fixture(scope="session")
def hostile_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    from kutip.apps.web.server import Options, application

    path = tmp_path_factory.mktemp("hostile") / "record.db"
    fill(path, *corpus())
    with served(application(str(path), Options("0"))) as found:
        yield found


@pytest.fixture(scope="session")
def linked_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    from kutip.apps.web.server import Options, application

    path = tmp_path_factory.mktemp("linked") / "record.db"
    make(path, "Tari Lembayung")
    with served(application(str(path), Options("0"))) as found:
        yield found


@pytest.fixture(scope="session")
def site(record_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kutip.apps.web.site import Plan, Site
    from kutip.views.web.page import Kind

    out = tmp_path_factory.mktemp("files") / "public"
    made = Site(Plan(out, str(record_path), Kind(True, False, "0"), "id"))
    made.build()
    made.close()
    return out


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Opens a page; fails at the end if it complained, or asked for anything from elsewhere."""
    contexts, wrong = [], []

    def go(address: str, width: int = 1280, height: int = 900, **more: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{"locale": "en-GB", **more}
        )
        contexts.append(context)
        page = context.new_page()
        home = address.split("/")[2]
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: _note(request.url, home, wrong))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def _note(url: str, home: str, wrong: list[str]) -> None:
    if not url.startswith((f"http://{home}/", "file:", "data:", "blob:")):
        wrong.append(f"asked for {url}")
