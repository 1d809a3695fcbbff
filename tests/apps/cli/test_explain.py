"""`kutip explain`: how a text is read, frame by frame."""

import pytest
from click.testing import CliRunner, Result

from kutip.apps.cli.main import main
from kutip.flow.article_to_attributions.explain import _parts, explain
from kutip.flow.pack_check import example_blocks
from kutip.languages import available, load

TEXT = "Am Montag sagte Weber der Zeitung, die Brücke sei gesperrt. Er lachte."


def run(*arguments: str, code: int = 0, text: str | None = None) -> Result:
    result = CliRunner().invoke(main, ["explain", *arguments], input=text)
    assert result.exit_code == code, result.output
    return result


def test_words_levels_and_the_frame_that_fits() -> None:
    lines = [" ".join(line.split()) for line in run(TEXT, "--lang", "de").stdout.splitlines()]
    assert lines[0].startswith(
        "words Am/on Montag/weekday sagte/say_te Weber/name der/der Zeitung/org ,/comma"
    )
    assert "tags Am Montag/date" in lines
    assert "noun phrases Weber/pnp der Zeitung/dernp die Brücke/np" in lines
    assert "+ cue-subject-clause source: Weber content: die Brücke sei gesperrt" in lines
    assert "no cue, and no frame without one" in lines
    assert not any(line.startswith("- ") for line in lines)


def test_why_the_others_do_not() -> None:
    out = run(TEXT, "--lang", "de", "--all").stdout
    assert "    - quote-cue-subject: before the cue no (?P<content><quotation>)" in out
    assert "    - cue-subject-quote: behind the cue no (?P<content><quotation>)" in out
    assert out.index("- subject-cue-clause") < out.index("+ cue-subject-clause")


def test_a_cue_that_no_frame_fits() -> None:
    assert "no frame fits; --all says why" in run("Sagte.", "--lang", "de").stdout


def test_from_standard_input_in_a_language_that_is_recognised() -> None:
    out = run(
        "-", text="Wali kota mengatakan bahwa jembatan itu akan diperbaiki karena sudah tidak aman."
    ).stdout
    assert "mengatakan/say" in out


def test_a_language_that_is_not_known() -> None:
    assert "name it with --lang" in run("zzz qqq", code=1).stderr
    assert "no language pack 'xx'" in run("zzz", "--lang", "xx", code=1).stderr


def test_nothing_that_acts_on_a_terminal_is_shown() -> None:
    assert "\x1b" not in run("Weber\x1b[2J sagte nichts.", "--lang", "de").stdout


@pytest.mark.parametrize("code", available())
def test_each_example_is_explained_by_its_frame(code: str) -> None:
    pack = load(code)
    for frame in pack.grammar.frames.frame:
        reading = explain(frame.example, example_blocks(frame, pack), pack)
        fits = {
            t.frame for _, cues in reading.sentences for cue in cues for t in cue.tried if t.roles is not None
        }
        assert frame.name in fits, frame.name
        stops = [
            t.stop for _, cues in reading.sentences for cue in cues for t in cue.tried if t.roles is None
        ]
        assert all(stops)


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (
            "^{lead}<a|b:cue>{who}{aside}*<c>?$",
            ["^", "{lead}", "<a|b:cue>", "{who}", "{aside}*", "<c>?", "$"],
        ),
        ("(?P<x>(?:<a>|<b>){1,3}+)<c>*+.+?", ["(?P<x>(?:<a>|<b>){1,3}+)", "<c>*+", ".+?"]),
        ("{a:source}(?!<b>)<c>", ["{a:source}", "(?!<b>)", "<c>"]),
        ("<a>|<b>", ["<a>|<b>"]),
    ],
)
def test_parts_of_a_pattern(pattern: str, parts: list[str]) -> None:
    assert _parts(pattern) == parts
