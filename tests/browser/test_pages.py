"""The pages as people use them."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.conftest import Open
from tests.hostile import WORDS, hostile
from tests.web.serving import Client

TAKEN_OVER = "disusupi"
KINDS_OF_PAGES = ("front", "search", "speakers", "speaker", "article", "coverage")


@pytest.fixture(scope="session")
def places(client: Client) -> dict[str, str]:
    """A page of each kind."""
    statements = client.get("/search.json?about=kapal&kind=direct").json["statements"]
    said = next(s for s in statements if s["speaker"] and s["headline"])
    return {
        "front": "index.html",
        "search": "search.html?about=kapal",
        "speakers": "speakers.html",
        "speaker": f"speaker/{said['speaker_id']}.html",
        "article": f"article/{said['article']}.html",
        "coverage": "coverage.html",
    }


def axe(page: Any) -> list[str]:
    """What is wrong with a page by WCAG 2.2 AA."""
    source = pytest.importorskip("axe_playwright_python.base").AXE_FILE_PATH.read_text(encoding="utf-8")
    client = page.context.new_cdp_session(page)
    client.send("Page.setBypassCSP", {"enabled": True})
    page.evaluate(source)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "tags => axe.run(document, {preload: false, runOnly: {type: 'tag', values: tags}})", tags
    )
    return [f"{v['id']}: {v['help']}: {n['html'][:160]}" for v in found["violations"] for n in v["nodes"]]


def open_an_article(page: Any, client: Client) -> Any:
    """From the front to the newest article that says most; gives a mark in it that has a speaker."""
    newest = max(client.get("/index.json").json["newest"], key=lambda article: article["statements"])
    page.locator(f'.lines a[href="article/{newest["id"]}.html"]').click()
    page.wait_for_selector("article.article")
    named = page.locator('.note[data-speaker]:not([data-speaker=""])').first.get_attribute("data-key")
    return page.locator(f'mark.content[data-a="{named}"]').first


def test_from_the_front_to_an_article_a_speaker_and_a_search(client: Client, visit: Open) -> None:
    page = visit(client.base + "/")
    assert page.title() == "Who said what · Kutip"
    said = open_an_article(page, client)
    said.click()
    card = page.locator("#card")
    assert card.locator("blockquote").is_visible()
    assert "#a1" in page.url
    name = card.locator(".who .name a").first
    speaker = name.inner_text()
    name.click()
    page.wait_for_selector(".speaker-page")
    assert page.locator("h1").inner_text() == speaker
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.fill("#about", "kapal")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.hit")
    assert page.url.endswith("/search.html?about=kapal"), "fields that ask nothing stay out of the address"
    page.go_back()
    page.go_back()
    assert page.locator("h1").inner_text() == speaker


def test_a_statement_leads_to_its_words_in_the_article(client: Client, visit: Open) -> None:
    page = visit(client.base + "/search.html?about=kapal")
    said = page.locator(".statement").first
    key, words = said.get_attribute("id"), said.locator("blockquote").inner_text()
    said.locator("a.open").click()
    page.wait_for_selector("mark.on")
    assert page.url.endswith("#" + key)
    assert page.locator("mark.on").first.is_visible()
    assert page.locator("#card blockquote").inner_text() == words


def test_filters_narrow_down_and_can_be_taken_away(client: Client, visit: Open) -> None:
    page = visit(client.base + "/search.html")
    everything = page.locator("#status b").inner_text()
    page.locator("#more-filters summary").click()
    page.select_option("#f-kind", "direct")
    page.fill("#f-by", "marsk")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chips")
    assert page.url.endswith("?by=marsk&kind=direct")
    names = page.locator(".statement .who a").all_inner_texts()
    assert names
    assert all("Marsk" in name for name in names)
    facet = page.locator("#facets a[href*='in=']").first
    outlet = facet.inner_text()
    facet.click()
    assert set(page.locator(".statement .outlet").all_inner_texts()) == {outlet}
    for _ in range(3):
        page.locator(".chips a").first.click()
    assert page.locator("#status b").inner_text() == everything


def test_keys(client: Client, visit: Open, places: dict[str, str]) -> None:
    page = visit(f"{client.base}/{places['search']}")
    for _ in range(2):
        page.keyboard.press("j")
    assert page.locator(".statement").nth(1).evaluate("e => e.classList.contains('here')")
    page.keyboard.press("k")
    assert page.locator(".statement.here").get_attribute("id") == page.locator(
        ".statement"
    ).first.get_attribute("id")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_selector("article.article")
    page.keyboard.press("j")
    first = page.locator("#card blockquote").inner_text()
    page.keyboard.press("j")
    assert page.locator("#card blockquote").inner_text() != first
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.wait_for_url("**/index.html")


def test_language_and_appearance_are_remembered(client: Client, visit: Open, places: dict[str, str]) -> None:
    page = visit(client.base + "/")
    page.select_option("#language", "id")
    assert page.locator("h1").inner_text() == "Siapa mengatakan apa"
    page.select_option("#theme", "dark")
    page.goto(f"{client.base}/{places['coverage']}")
    assert page.locator("h1").inner_text() == "Cakupan"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(19, 21, 23)"
    assert page.locator("html").get_attribute("lang") == "id"


@pytest.mark.parametrize("kind", KINDS_OF_PAGES)
@pytest.mark.parametrize(
    "look",
    [
        {},
        {"color_scheme": "dark", "locale": "id-ID"},
        {"width": 360, "height": 740, "locale": "id-ID"},
    ],
    ids=["light", "dark", "phone"],
)
def test_pages_are_accessible(
    client: Client, visit: Open, places: dict[str, str], kind: str, look: dict[str, Any]
) -> None:
    page = visit(f"{client.base}/{places[kind]}", **look)
    assert axe(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page is wider than the screen"


def test_the_help_and_an_open_attribution_are_accessible(
    client: Client, visit: Open, places: dict[str, str]
) -> None:
    page = visit(f"{client.base}/{places['article']}")
    page.keyboard.press("j")
    assert axe(page) == []
    page.keyboard.press("?")
    assert axe(page) == []


@pytest.mark.parametrize(
    "path", ["index.html", "stories.html", "story/s1story.html", "statement/s1statement.html"]
)
@pytest.mark.parametrize("width", [1280, 360])
def test_stories_are_accessible(linked_client: Client, visit: Open, path: str, width: int) -> None:
    page = visit(f"{linked_client.base}/{path}", width=width)
    assert axe(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "the page is wider than the screen"


def test_from_a_story_to_a_statement_to_its_article_and_back(linked_client: Client, visit: Open) -> None:
    page = visit(linked_client.base + "/")
    page.locator("ol.lines a.open").first.click()
    page.wait_for_url("**/story/s1story.html")
    page.locator(".matrix th a.open").first.click()
    page.wait_for_url("**/statement/s1statement.html")
    assert page.locator(".statement.direct ins").first.inner_text() == "tiga"
    page.locator(".statement a.open").nth(1).click()
    page.wait_for_selector("mark.on")
    assert page.locator("#card blockquote").inner_text() == "Air turun tiga meter sejak Senin"
    page.locator(".under .notice a").click()
    page.wait_for_url("**/story/s1story.html")


def test_without_scripts_pages_can_be_read(client: Client, visit: Open, places: dict[str, str]) -> None:
    for kind in KINDS_OF_PAGES:
        page = visit(f"{client.base}/{places[kind]}", java_script_enabled=False)
        assert page.locator("h1, h2").first.is_visible()
    page = visit(f"{client.base}/{places['search']}", java_script_enabled=False)
    assert page.locator(".statement").first.is_visible()


def test_files_from_a_disk_are_the_same_pages(client: Client, site: Path, visit: Open) -> None:
    page = visit((site / "index.html").as_uri())
    open_an_article(page, client).click()
    page.locator("#card .who .name a").first.click()
    page.wait_for_selector(".speaker-page")
    speaker = page.locator("h1").inner_text()
    page.keyboard.press("/")
    page.wait_for_url("**/search.html")
    page.fill("#about", "kapal")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.hit")
    assert page.url.endswith("search.html?about=kapal")
    page.select_option("#language", "en")
    assert "attributions" in page.locator("#status").inner_text()
    page.fill("#about", "")
    page.locator("#more-filters summary").click()
    page.fill("#f-by", speaker)
    page.keyboard.press("Enter")
    page.wait_for_selector(".chips")
    assert set(page.locator(".statement .who a").all_inner_texts()) == {speaker}
    assert axe(page) == []


@pytest.mark.parametrize(
    "asked",
    [
        "about=kapal",
        "about=%22bagi+kapal%22&kind=indirect",
        "about=pemerintah&in=ledger",
        "by=areld&force=denies",
        "via=meridian",
        "since=2025-11&until=2025-11-10",
        "to=wartawan",
        "about=a%2A+OR+%22",
        "",
    ],
)
def test_the_search_of_files_answers_as_the_server_does(
    client: Client, site: Path, visit: Open, asked: str
) -> None:
    expected = client.get(f"/search.json?size=200&{asked}").json
    page = visit((site / "search.html").as_uri() + (f"?{asked}" if asked else ""))
    page.wait_for_function("!document.querySelector('#status [data-t=\"web.static_hint\"]')")
    count = page.locator("#status [data-n]").first.get_attribute("data-n")
    assert int(count) == expected["total"]
    shown = page.locator(".statement").evaluate_all("found => found.map((e) => e.id)")
    assert set(shown) <= {s["id"] for s in expected["statements"]} or expected["total"] > 200
    assert len(shown) == min(50, expected["total"])


@pytest.mark.parametrize("name", WORDS)
def test_nothing_that_an_article_says_runs(hostile_client: Client, visit: Open, name: str) -> None:
    article = hostile(name, WORDS[name]).article
    page = visit(f"{hostile_client.base}/article/{article.id}.html")
    page.keyboard.press("j")
    page.wait_for_timeout(100)
    assert TAKEN_OVER not in page.title() or "=" in WORDS[name]
    assert (
        page.evaluate("document.querySelectorAll('main img, main svg, main script, main style').length") == 0
    )
    page.goto(f"{hostile_client.base}/search.html?by={quote(WORDS[name][:300])}")
    page.wait_for_timeout(50)
    assert page.evaluate("document.title.startsWith('disusupi')") is False


def test_nothing_runs_from_files(tmp_path: Path, visit: Open) -> None:
    from kutip.apps.web.site import Plan, Site
    from kutip.store import Record
    from kutip.views.web.page import Kind
    from tests.hostile import corpus
    from tests.store.making import ingest

    with Record.open(str(tmp_path / "record.db"), "write") as record:
        ingest(record, *corpus())
    made = Site(Plan(tmp_path / "public", str(tmp_path / "record.db"), Kind(True, True, "0"), "id"))
    made.build()
    made.close()
    page = visit((tmp_path / "public" / "search.html").as_uri())
    page.wait_for_selector(".statement")
    assert page.locator(".statement").count() == len(WORDS)
    assert (
        page.evaluate("document.querySelectorAll('main img, main script, main .statement svg').length") == 0
    )
    assert not page.title().startswith(TAKEN_OVER)
    links = page.locator(".statement a.open").evaluate_all("found => found.map((e) => e.href)")
    for link in links[:4]:
        page.goto(link)
        assert not page.title().startswith(TAKEN_OVER)


def test_the_policy_holds_where_escaping_would_fail(client: Client, browser: Any) -> None:
    """What would happen if a template forgot to escape."""
    page = browser.new_page()
    page.goto(client.base + "/")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.evaluate(
        """code => { const s = document.createElement("script"); s.textContent = code; document.body.append(s);
            document.body.insertAdjacentHTML("beforeend", `<img src="x" onerror="${code}">`); }""",
        f"document.title='{TAKEN_OVER}'",
    )
    page.wait_for_timeout(200)
    assert page.title() != TAKEN_OVER
    assert sum("Content Security Policy" in text for text in refused) >= 2
    page.close()
