"""The page in a real browser: nothing that an article says runs, and the filters and keys work."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kutip.flow.pipeline import process
from kutip.model import Article, Page
from kutip.views.reading import reading_page
from tests.views.kept import Told, article, said, told
from tests.views.parsed import Node, parse
from tests.views.test_reading import STORY

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = Path(__file__).parents[2] / "samples" / "lain" / "2025-10-02-kabartala-formulir.html"
TAKEN_OVER = "disusupi"  # what each piece of code in the hostile sample makes of the title when it runs

needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this machine")


def hostile_article() -> Article:
    found = process(Page(HOSTILE.name, HOSTILE.read_bytes(), "text/html")).article
    assert found is not None
    return found


def hostile() -> Told:
    """The hostile sample, with an attribution whose words are code."""
    found = hostile_article()
    code = f"<script>document.title='{TAKEN_OVER}'</script>"
    assert code in found.text
    return told(found, said(found.text, code, speaker=code, rule=code))


def in_browser(html: str, folder: Path, script: str = "") -> tuple[str, Node]:
    """The document after its scripts ran: as the browser writes it, and parsed.

    script: runs after those of the page, in the place of a reader's hands; the policy, which forbids it, is
    taken out for that, and only then.
    """
    if script:
        html = re.sub(r"<meta http-equiv=.*?>", "", html).replace(
            "</body>", f"<script>{script}</script></body>"
        )
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8", newline="\n")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    dumped = subprocess.run(
        [str(BROWSER), *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout.decode("utf-8")
    return dumped, parse(dumped)


@needs_browser
def test_nothing_that_the_hostile_sample_says_runs(tmp_path: Path) -> None:
    story = hostile()
    _, root = in_browser(reading_page([story], "Hostile", "en"), tmp_path)
    assert root.all("title")[0].text == "Hostile"
    assert "js" in root.all("html")[0].classes, "the page's own script did run"
    shown = "".join(block.text for block in root.all(data_start=""))
    assert shown == "".join(story.article.text[b.start : b.end] for b in story.article.blocks)


@needs_browser
def test_the_hostile_code_would_run_if_it_were_let(tmp_path: Path) -> None:
    code = hostile().attributions[0].attribution.rule
    _, root = in_browser(f"<!DOCTYPE html><title>Before</title><p>{code}</p>", tmp_path)
    assert root.all("title")[0].text == TAKEN_OVER


@needs_browser
def test_the_policy_holds_where_escaping_would_fail(tmp_path: Path) -> None:
    code = hostile().attributions[0].attribution.rule
    page = reading_page([STORY], "Held", "en").replace(
        "<footer", f"{code}<img src=x onerror=\"document.title='{TAKEN_OVER}'\"><footer"
    )
    assert code in page
    dumped, _ = in_browser(page, tmp_path)
    assert "<title>Held</title>" in dumped


@needs_browser
def test_filters_hide_what_does_not_match(tmp_path: Path) -> None:
    script = """
        document.querySelector("#by-speaker").value = "Tomas Areld";
        document.querySelector(".filters").dispatchEvent(new Event("input"));
    """
    other = told(article("Ia pergi."))
    _, root = in_browser(reading_page([STORY, other], "Filter", "en"), tmp_path, script)
    notes = root.all("li", data_speaker="")
    assert [("hidden" in n.attributes, n.attributes["data-speaker"]) for n in notes] == [
        (True, "Ilena Marsk"),
        (False, "Tomas Areld"),
        (True, "Ilena Marsk"),
    ]
    assert root.all("b", id="visible")[0].text == "1"
    assert ["hidden" in a.attributes for a in root.all("article")] == [False, True]
    dimmed = [m.text for m in root.all("mark", data_a="") if "dim" in m.classes and m.text.strip()]
    assert dimmed == ["Ilena Marsk", "mengatakan", "Menurut", "juru bicara itu", "selat dibuka dalam 30 hari"]


@needs_browser
def test_words_are_found_whatever_their_case_and_accents(tmp_path: Path) -> None:
    script = """
        document.querySelector("#find").value = "DALAM 30 HÀRI";
        document.querySelector(".filters").dispatchEvent(new Event("input"));
    """
    _, root = in_browser(reading_page([STORY], "Find", "en"), tmp_path, script)
    assert ["hidden" in n.attributes for n in root.all("li", data_speaker="")] == [True, True, False]


@needs_browser
def test_j_steps_to_the_next_attribution_and_shows_it(tmp_path: Path) -> None:
    script = 'document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "j", bubbles: true}));'
    _, root = in_browser(reading_page([STORY], "Keys", "en"), tmp_path, script)
    assert root.all("div", id="card")[0].all("blockquote")[0].text == "Tomas Areld menuduh pihaknya berbohong"
    lit = {m.text for m in root.all("mark", data_a="") if "on" in m.classes}
    assert {"Ilena Marsk", "mengatakan", "pihaknya berbohong"} <= lit
    assert [li.attributes["data-key"] for li in root.all("li", aria_current="true")] == ["a0-1"]


@needs_browser
def test_a_click_on_nested_words_shows_the_inner_one_first(tmp_path: Path) -> None:
    script = 'document.querySelector("mark.nested").click();'
    _, root = in_browser(reading_page([STORY], "Click", "en"), tmp_path, script)
    assert root.all("div", id="card")[0].all("blockquote")[0].text == "pihaknya berbohong"


@needs_browser
def test_the_language_of_the_interface_can_be_changed(tmp_path: Path) -> None:
    script = """
        const select = document.querySelector("#language");
        select.value = "id";
        select.dispatchEvent(new Event("change"));
    """
    _, root = in_browser(reading_page([STORY], "Words", "en"), tmp_path, script)
    assert root.all("html")[0].attributes["lang"] == "id"
    assert root.all("article")[0].all("time")[0].text == "11 November 2025, 10.22 (UTC+07:00)"
    assert "tidak langsung" in root.all("li", id="n-a0-1")[0].text
    assert next(b.text for b in root.all("article")[0].all("p", data_start="")).startswith("Ilena Marsk")


def test_the_hostile_sample_is_as_hostile_as_it_says() -> None:
    raw = HOSTILE.read_text(encoding="utf-8")
    text = hostile_article().text
    assert "<script>" in raw
    assert "onload=" in raw
    assert all(sign in text for sign in ("<script>", "onerror=", "javascript:", "{{ 7 * 7 }}", "</style>"))
