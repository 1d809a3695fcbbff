import base64
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kutip.model import Attribution, Force, Kind, Role, Span, SpeakerKind
from kutip.views.reading import reading_page
from kutip.views.render import asset, fit
from tests.views.kept import Kept, Told, article, on, said, told
from tests.views.parsed import Node, parse

TEXT = """Valmora Buka Selat Tamber
Ilena Marsk mengatakan Tomas Areld menuduh pihaknya berbohong.
Baca juga: Ongkos Angkut Naik
Menurut juru bicara itu, selat dibuka dalam 30 hari."""
ROLES = (Role.HEADLINE, Role.BODY, Role.RELATED)
OUTER = said(
    TEXT, "Tomas Areld menuduh pihaknya berbohong", "mengatakan", "Ilena Marsk", role="Juru Bicara Valmora"
)
INNER = said(TEXT, "pihaknya berbohong", "menuduh", "Tomas Areld", force=Force.ACCUSES)
LAST = said(
    TEXT,
    "selat dibuka dalam 30 hari",
    "Menurut",
    "juru bicara itu",
    speaker="Ilena Marsk",
    via=("Meridian Wire", "Orrin"),
    to="televisi pemerintah",
    said_on="2025-11-10",
    said_on_evidence="Senin (10/11)",
    negated=True,
)
STORY = told(
    article(
        TEXT,
        ROLES,
        headline="Valmora Buka Selat Tamber",
        outlet="Nusalini",
        url="https://nusalini.example/1",
        byline="Rangga Wisesa",
        published=on("2025-11-11T10:22:00+07:00", "minute"),
    ),
    OUTER,
    INNER,
    LAST,
)


def page(*stories: Told, language: str | None = "en", title: str = "Sample") -> Node:
    return parse(reading_page(stories, title, language))


def marked(root: Node, key: str, part: str) -> str:
    return "".join(
        mark.text
        for mark in root.all("mark", data_a="")
        if key in mark.attributes["data-a"].split() and part in mark.classes
    )


def note(root: Node, key: str) -> Node:
    (found,) = root.all("li", id=f"n-{key}")
    return found


def rows(node: Node) -> dict[str, str]:
    return {row.all("dt")[0].text: row.all("dd")[0].text for row in node.all("div")}


def test_the_parts_of_each_attribution_are_marked_in_place() -> None:
    root = page(STORY)
    assert marked(root, "a0-3", "content") == "selat dibuka dalam 30 hari"
    assert marked(root, "a0-3", "cue") == "Menurut"
    assert marked(root, "a0-3", "source") == "juru bicara itu"


def test_a_report_within_a_report_keeps_both() -> None:
    root = page(STORY)
    assert marked(root, "a0-1", "content") == "Tomas Areld menuduh pihaknya berbohong"
    shown = [(m.text, m.attributes["data-a"], m.classes) for m in root.all("mark", data_a="")]
    assert ("Tomas Areld", "a0-1 a0-2", ["content", "source"]) in shown
    assert ("menuduh", "a0-1 a0-2", ["content", "cue"]) in shown
    (inner,) = [m for m in root.all("mark", data_a="") if m.text == "pihaknya berbohong"]
    assert inner.classes == ["content", "nested"]


def test_a_note_says_all_that_is_known() -> None:
    known = note(page(STORY), "a0-3")
    assert known.all("bdi")[0].text == "Ilena Marsk"
    assert known.all("blockquote")[0].text == "selat dibuka dalam 30 hari"
    told_of = rows(known)
    assert told_of["Via"] == "Meridian Wire ← Orrin"
    assert told_of["To"] == "televisi pemerintah"
    assert told_of["Said on"] == "10 November 2025 (from the words “Senin (10/11)”)"
    assert told_of["Kind"] == "indirect, content negated"
    assert told_of["Confidence"] == "90 %"
    assert told_of["Rule"] == "by-hand"
    assert told_of["Id"] == STORY.attributions[2].id
    assert told_of["Place in the text"] == f"{LAST.content[0].start}–{LAST.content[0].end}"
    assert rows(note(page(STORY), "a0-1"))["Role"] == "Juru Bicara Valmora"


def test_what_is_not_known_is_not_shown() -> None:
    assert {"Via", "To", "Said on", "Venue", "Role"}.isdisjoint(rows(note(page(STORY), "a0-2")))


def test_the_headline_is_printed_once_and_furniture_is_folded() -> None:
    root = page(STORY)
    (shown,) = root.all("article")
    assert [h.text for h in shown.all("h2")] == ["Valmora Buka Selat Tamber"]
    assert not [b for b in shown.all("p") if "headline" in b.classes]
    (folded,) = [d for d in shown.all("details") if "furniture" in d.classes]
    assert "Baca juga: Ongkos Angkut Naik" in folded.text
    assert "related story" in folded.all("summary")[0].text


def test_a_dateline_goes_with_the_block_that_it_opens() -> None:
    text = "HARSUND -\nSelat dibuka.\nHARSUND -\nSelat dibuka."
    twice = told(article(text, (Role.DATELINE, Role.LEAD, Role.DATELINE, Role.REPEAT)))
    (folded,) = [d for d in page(twice).all("details") if "furniture" in d.classes]
    assert [block.text for block in folded.all("p")] == ["HARSUND -", "Selat dibuka."]


def test_a_kicker_stands_above_its_headline() -> None:
    text = "Krisis\nSelat Dibuka\nIa pergi."
    (shown,) = page(told(article(text, (Role.KICKER, Role.HEADLINE)))).all("article")
    (header,) = shown.all("header")
    assert [b.text for b in header.all(data_start="")] == ["Krisis", "Selat Dibuka"]
    assert [b.text for b in shown.all(data_start="")] == ["Krisis", "Selat Dibuka", "Ia pergi."]


def test_a_headline_in_the_metadata_alone_is_shown_beside_the_text() -> None:
    other = told(article("Ia pergi.", headline="Berangkat"))
    (shown,) = page(other).all("article")
    assert shown.all("h2")[0].text == "Berangkat"
    assert [b.text for b in shown.all("p", data_start="")] == ["Ia pergi."]


def test_metadata_are_shown_and_what_is_missing_is_said() -> None:
    root = page(STORY, told(article("Ia pergi.")))
    first, second = (next(p.text for p in a.all("p") if "meta" in p.classes) for a in root.all("article"))
    assert first == "Nusalini 11 November 2025, 10:22 (UTC+07:00) (declared by the page) Indonesian"
    assert second == "Outlet unknown date unknown Indonesian"
    assert "No attributions were found in this article." in root.all("article")[1].text


def test_speakers_are_listed_with_all_that_they_said() -> None:
    listed = [d for d in page(STORY).all("details") if "speaker" in d.classes]
    assert [d.all("bdi")[0].text for d in listed] == ["Ilena Marsk", "Tomas Areld"]
    assert [q.text for q in listed[0].all("q")] == [
        "Tomas Areld menuduh pihaknya berbohong",
        "selat dibuka dalam 30 hari",
    ]
    assert [a.attributes["href"] for a in listed[0].all("a")] == ["#r-a0-1", "#r-a0-3"]


def test_every_link_inside_the_page_leads_somewhere() -> None:
    root = page(STORY, told(article("Ia pergi.")))
    ids = [node.attributes["id"] for node in root.all(id="")]
    assert len(ids) == len(set(ids))
    targets = {a.attributes["href"][1:] for a in root.all("a") if a.attributes["href"].startswith("#")}
    assert targets <= set(ids)


def test_what_is_printed_twice_counts_once() -> None:
    text = "Marsk mengatakan selat dibuka.\nMarsk mengatakan selat dibuka."
    first = said(text, "selat dibuka", "mengatakan", "Marsk")
    again = said(text, "selat dibuka", "mengatakan", "Marsk", content=(Span(48, 60),))
    story = Told(
        article(text, (Role.BODY, Role.REPEAT)), (Kept("a1", first), Kept("a2", again, repeat_of="a1"))
    )
    root = page(story)
    (counts,) = [p for p in root.all("p") if "counts" in p.classes]
    assert "1 attributions" in counts.text
    assert rows(note(root, "a0-2"))["Kind"] == "indirect, printed twice; counted once"
    (speaker,) = [d for d in root.all("details") if "speaker" in d.classes]
    assert len(speaker.all("li")) == 1


def test_an_unknown_speaker_is_said_to_be_unknown() -> None:
    nobody = said(TEXT, "selat dibuka dalam 30 hari", speaker=None)
    root = page(told(STORY.article, nobody))
    assert note(root, "a0-1").all("bdi")[0].text == "Speaker unknown"


def test_the_language_of_most_articles_is_that_of_the_interface() -> None:
    english = told(article("She left.", lang="en"))
    assert page(STORY, language=None).all("html")[0].attributes["lang"] == "id"
    assert page(english, english, STORY, language=None).all("html")[0].attributes["lang"] == "en"
    assert page(told(article("?", lang="xx")), language=None).all("article")


def test_a_character_that_reorders_text_is_shown_and_has_no_power() -> None:
    text = "Berkas \u202efdp.exe\u202c itu."
    (block,) = page(told(article(text))).all("article")[0].all(data_start="")
    assert block.text == text
    named = [(s.text, s.attributes["data-name"], s.classes) for s in block.all("span")]
    assert named == [("\u202e", "U+202E", ["unseen"]), ("\u202c", "U+202C", ["unseen"])]
    assert ".unseen { unicode-bidi: isolate; }" in asset("reading.css")


def test_no_article_is_a_page_too() -> None:
    assert page().all("main")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "JAVASCRIPT:alert(1)",
        "httpx://x",
        "vbscript:x",
        " http",
        "",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    (shown,) = page(told(article("Ia pergi.", url=url))).all("article")
    assert not [a for a in shown.all("a") if not a.attributes["href"].startswith("#")]


def test_the_page_allows_its_own_script_and_style_alone() -> None:
    root = page(STORY)
    (policy,) = root.all("meta", http_equiv="Content-Security-Policy")
    allowed = policy.attributes["content"]
    assert allowed.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        own = [node for node in root.all(tag) if node.attributes.get("type") != "application/json"]
        digest = base64.b64encode(hashlib.sha256(own[0].text.encode()).digest()).decode()
        assert len(own) == 1
        assert f"{tag}-src 'sha256-{digest}'" in allowed
    assert "unsafe" not in allowed


def test_nothing_comes_from_a_network() -> None:
    root = page(STORY)
    assert not root.all("link") + root.all("img") + root.all("iframe") + root.all(src="") + root.all(style="")


def test_the_words_of_all_languages_are_in_the_page() -> None:
    root = page(STORY)
    (data,) = root.all("script", type="application/json")
    tables = json.loads(data.text)
    keys = {node.attributes["data-t"] for node in root.all(data_t="")}
    assert keys
    assert all(keys <= set(table) for table in tables.values())


def test_the_same_articles_give_the_same_page() -> None:
    assert reading_page([STORY], "Sample") == reading_page([STORY], "Sample")


HOSTILE = st.one_of(
    st.text(),
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            "</style></title></textarea>-->",
            "<img src=x onerror=alert(1)>",
            '" onmouseover="alert(1)',
            "' autofocus onfocus='alert(1)",
            "]]><!--",
            "{{ 7 * 7 }}{% raw %}",
            "&lt;b&gt;&amp;&#13;\r\n\x00",
            "\u202edrowkcab\u2066",
            "\ud800",
            "javascript:alert(1)",
        ]
    ),
)
LINES = st.lists(HOSTILE, max_size=5).map("\n".join)
SPAN = st.tuples(st.integers(-3, 60), st.integers(-3, 60)).map(lambda pair: Span(*pair))
SAID = st.builds(
    Attribution,
    kind=st.sampled_from(Kind),
    content=st.lists(SPAN, max_size=3).map(tuple),
    cue=st.none() | SPAN,
    source=st.none() | SPAN,
    speaker=st.none() | HOSTILE,
    speaker_kind=st.sampled_from(SpeakerKind),
    via=st.lists(HOSTILE, max_size=2).map(tuple),
    to=HOSTILE,
    said_on=st.none() | HOSTILE,
    force=st.sampled_from(Force),
    negated=st.booleans(),
    confidence=st.floats(0, 1),
    rule=HOSTILE,
    venue=HOSTILE,
    said_on_evidence=HOSTILE,
    conditional=st.booleans(),
    role=HOSTILE,
)
ROLE = st.lists(st.sampled_from(Role), max_size=5).map(tuple)
FIELDS = st.fixed_dictionaries(
    {
        "headline": st.none() | HOSTILE,
        "outlet": st.none() | HOSTILE,
        "byline": st.none() | HOSTILE,
        "url": st.none() | HOSTILE,
        "lang": st.none() | HOSTILE,
    }
)


@settings(max_examples=60)
@given(LINES, ROLE, FIELDS, st.lists(SAID, max_size=4), HOSTILE)
def test_any_text_and_any_spans_come_back_as_text_and_nothing_else(
    text: str, roles: tuple[Role, ...], fields: dict[str, str], attributions: list[Attribution], title: str
) -> None:
    given_article = article(text, roles, **fields)
    root = page(told(given_article, *attributions), title=title)
    shown = {
        (int(b.attributes["data-start"]), int(b.attributes["data-end"])): b.text
        for b in root.all("article")[0].all(data_start="")
    }
    assert shown == {(b.start, b.end): fit(text[b.start : b.end]) for b in given_article.blocks}
    assert root.all("h1")[0].text == (fit(title) or "Who said what")
    for n, a in enumerate(attributions, start=1):
        assert note(root, f"a0-{n}").all("bdi")[0].text == (
            fit(a.speaker) if a.speaker else "Speaker unknown"
        )
    plain = page(told(article("Ia pergi.")))
    assert tags(root) <= tags(plain) | tags(page(STORY)) | {"h3"}
    assert len(root.all("script")) == len(plain.all("script"))
    assert not [n for n in root.all() if any(name.startswith("on") for name in n.attributes)]


def tags(root: Node) -> set[str]:
    return {node.tag for node in root.all()}
