"""The documentation is true: sessions print what they show, links and commands exist, nothing is left out."""

import re
from pathlib import Path

import pytest

from kutip.apps.cli.main import COMMANDS
from tests.sessions import ROOT, commands, replayed

DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *DOCS]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in PAGES if any(commands(text_of(p)))], ids=name)
def test_sessions_print_what_they_show(page: Path) -> None:
    assert replayed(text_of(page)) == text_of(page), "run: make docs"


def test_the_readme_shows_a_session() -> None:
    assert any(command.startswith("kutip said") for command in commands(text_of(ROOT / "README.md")))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(text_of(page)) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_in_code_exist(page: Path) -> None:
    code = " ".join(CODE.findall(text_of(page)))
    named = set(re.findall(r"(?:^|[`$\s])kutip ([a-z]+)\b", code))
    assert named <= set(COMMANDS), "not a command"
    targets = set(re.findall(r"(?:^|[`$\s])make ([a-z]+)\b", code))
    rules = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert targets <= rules, "not in the Makefile"


def test_the_readme_lists_every_page() -> None:
    linked = set(LINK.findall(text_of(ROOT / "README.md")))
    assert {name(page) for page in DOCS} <= linked
    assert {"ARCHITECTURE.md", "CHANGELOG.md", "LICENSE"} <= linked


def test_the_changelog_names_every_command() -> None:
    named = set(re.findall(r"`([a-z]+)`", text_of(ROOT / "CHANGELOG.md")))
    assert set(COMMANDS) <= named
