"""Every text on every ground that it can stand on has the contrast that WCAG AA asks for: 4.5 to 1."""

import re

import pytest

from kutip.views.render import asset

STYLE = asset("reading.css")
GROUNDS = ("ground", "sheet", "content-ground", "nested-ground", "picked-ground")
MARKED = ("ink", "cue", "source")


def _themes() -> dict[str, dict[str, str]]:
    light, dark_by_device, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\{([^{}]*--ground: #[0-9a-f]{6}[^{}]*)\}", STYLE)
    )
    assert dark_by_device == dark
    return {"light": light, "dark": dark}


THEMES = _themes()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", MARKED)
def test_marked_text_can_be_read(theme: str, ground: str, text: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["ground", "sheet"])
@pytest.mark.parametrize("text", ["faint", "link"])
def test_other_text_can_be_read(theme: str, ground: str, text: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_line_under_content_can_be_seen(theme: str, ground: str) -> None:
    assert contrast(THEMES[theme]["content-line"], THEMES[theme][ground]) >= 3
