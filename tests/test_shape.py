"""The shape of the code: sizes, purity, words in their place, data shipped, documentation complete."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import click
import msgspec
import pytest

from kutip import model
from kutip.languages import available, load, loader
from kutip.languages.identify import identify

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "kutip"
MAX_LINES, MAX_FUNCTION, MAX_PARAMETERS = 400, 50, 6
PURE = ("flow", "text", "views", "measure")
CLOCKS = {"now", "today", "utcnow"}
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home|tmp|Users)/\w|\bissues? #?\d+\b", re.IGNORECASE)
LANGUAGE = re.compile(r"lang|code|pack|load", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the project: what git tracks, else what lies here."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [
            p for top in ("src", "tests", "eval", "bench", "docs", "samples") for p in (ROOT / top).rglob("*")
        ]
    return tuple(p for p in paths if p.is_file() and "__pycache__" not in p.parts)


def python_files(*tops: Path) -> list[Path]:
    return [
        p for p in tracked() if p.suffix == ".py" and (not tops or any(p.is_relative_to(t) for t in tops))
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def parameters(function: Function) -> list[ast.arg]:
    """All parameters but ``self`` and ``cls``."""
    a = function.args
    all_ = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
    return all_[1:] if all_ and all_[0].arg in ("self", "cls") else all_


def is_public(name: str) -> bool:
    return not name.startswith("_")


def public_functions(path: Path) -> Iterator[Function]:
    """Public functions of a module and public methods of its public classes."""
    for node in tree(path).body:
        if isinstance(node, Function) and is_public(node.name):
            yield node
        # What a protocol asks for is described in its docstring, like the fields of a struct.
        if (
            isinstance(node, ast.ClassDef)
            and is_public(node.name)
            and "Protocol" not in map(ast.unparse, node.bases)
        ):
            yield from (m for m in node.body if isinstance(m, Function) and is_public(m.name))


def literals(path: Path) -> Iterator[ast.Constant]:
    """String constants that are not documentation."""
    documentation = {
        id(statement.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        for statement in node.body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def machinery() -> list[Path]:
    """Code that may know no language: all of the package but the packs and the code that reads them."""
    return [p for p in python_files(PACKAGE) if not p.is_relative_to(PACKAGE / "languages")]


def test_files_and_functions_are_small() -> None:
    problems = []
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            problems.append(f"{path.relative_to(ROOT)}: {lines} lines, at most {MAX_LINES}")
        for function in functions(path):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > MAX_FUNCTION:
                problems.append(
                    f"{place(path, function)} {function.name}: {length} lines, at most {MAX_FUNCTION}"
                )
            if len(parameters(function)) > MAX_PARAMETERS:
                problems.append(
                    f"{place(path, function)} {function.name}: {len(parameters(function))} parameters"
                )
    assert not problems, "\n".join(problems)


def test_public_functions_are_documented_and_annotated() -> None:
    problems = []
    for path in python_files(PACKAGE, ROOT / "eval", ROOT / "bench"):
        if not ast.get_docstring(tree(path)):
            problems.append(f"{path.relative_to(ROOT)}: no docstring")
        for function in public_functions(path):
            if not ast.get_docstring(function):
                problems.append(f"{place(path, function)} {function.name}: no docstring")
            bare = [p.arg for p in parameters(function) if p.annotation is None]
            if bare or function.returns is None:
                problems.append(f"{place(path, function)} {function.name}: not annotated: {bare or 'result'}")
    assert not problems, "\n".join(problems)


def test_no_import_cycle() -> None:
    modules = {module_name(p): p for p in python_files(PACKAGE)}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for name, path in modules.items():
        sorter.add(name, *(imported for imported in imports(path, modules) if imported != name))
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail("import cycle: " + " <- ".join(error.args[1]))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, modules: Collection[str]) -> Iterator[str]:
    """Which of ``modules`` a module imports at its top; imports inside functions bind later."""
    pending: list[ast.stmt] = list(tree(path).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else node.module
        elif isinstance(node, ast.Try | ast.ClassDef):
            pending += node.body


def test_pure_rooms_open_nothing_and_read_no_clock() -> None:
    problems = []
    for path in python_files(*(PACKAGE / room for room in PURE)):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            opens = isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input")
            clock = isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
            if opens or clock:
                problems.append(f"{place(path, node)}: {ast.unparse(node.func)}(…)")
    assert not problems, "\n".join(problems)


def names_around(path: Path, literal: ast.Constant) -> set[str]:
    """Names in the innermost comparison, call, default, assignment, subscript or case around a literal."""
    holders = (ast.Compare, ast.Call, ast.arguments, ast.Assign, ast.AnnAssign, ast.Subscript, ast.Match)
    holding = [n for n in ast.walk(tree(path)) if isinstance(n, holders) and literal in ast.walk(n)]
    if not holding:
        return set()
    inner = min(holding, key=lambda node: len(list(ast.walk(node))))
    parts = [*ast.walk(inner)]
    names = {n.id for n in parts if isinstance(n, ast.Name)} | {
        n.attr for n in parts if isinstance(n, ast.Attribute)
    }
    return names | {n.arg for n in parts if isinstance(n, ast.arg | ast.keyword) and n.arg}


def test_no_language_code_outside_languages() -> None:
    """A code that is also a field's name ("id") may stand where nothing beside it speaks of languages."""
    fields = {field for noun in vars(model).values() for field in getattr(noun, "__struct_fields__", ())}
    problems = [
        f"{place(path, node)}: {node.value!r}"
        for path in machinery()
        for node in literals(path)
        if node.value in available()
        if node.value not in fields or any(LANGUAGE.search(name) for name in names_around(path, node))
    ]
    assert not problems, "a language code belongs in languages/:\n" + "\n".join(problems)


@pytest.mark.parametrize(
    ("line", "speaks_of_language"),
    [
        ('if pack.code == "id": pass', True),
        ('load("id")', True),
        ('def f(lang="id"): pass', True),
        ('find(text, lang="id")', True),
        ('DEFAULT_LANG = "id"', True),
        ('x = packs["id"]', True),
        ('match lang:\n    case "id": pass', True),
        ('row["id"]', False),
        ('row.get("id", None)', False),
        ('FIELDS = ("id", "lang")', False),
    ],
)
def test_language_positions_are_told_from_fields(tmp_path: Path, line: str, speaks_of_language: bool) -> None:
    path = tmp_path / "sample.py"
    path.write_text(line)
    (literal,) = (n for n in literals(path) if n.value == "id")
    assert any(LANGUAGE.search(name) for name in names_around(path, literal)) is speaks_of_language


def test_no_word_of_another_language_in_code() -> None:
    """Function words of every pack, but for the language that the code itself is written in.

    A word that another pack has as the name of a word class is vocabulary of the machinery.
    """
    written_in = str(identify(" ".join(ast.get_docstring(tree(p)) or "" for p in machinery())))
    packs = {code: load(code) for code in available()}
    known = set(packs[written_in].language.function_words.split())
    words = {
        word
        for code, pack in packs.items()
        for word in pack.language.function_words.split()
        if code != written_in and len(word) > 2 and word not in known
        if not any(word in other.grammar.words.classes for other in packs.values() if other is not pack)
    }
    assert words
    problems = [
        f"{place(path, node)}: {found} in {node.value!r}"
        for path in machinery()
        for node in literals(path)
        if (found := sorted(set(re.findall(r"[^\W\d_]+", str(node.value).casefold())) & words))
    ]
    assert not problems, "words of a language belong in its pack:\n" + "\n".join(problems)


@pytest.mark.parametrize("code", available())
def test_packs_load_and_every_file_in_them_is_read(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load(code)
    assert pack.code == code
    assert pack.language.status in ("supported", "draft")
    read, section = set(), loader._section

    def recorded(code: str, name: str, schema: type[msgspec.Struct]) -> msgspec.Struct:
        read.add(name)
        return section(code, name, schema)

    monkeypatch.setattr(loader, "_section", recorded)
    for cached in (loader.language, loader.load):
        cached.cache_clear()
    load(code)
    assert read == {p.stem for p in (PACKAGE / "languages" / code).glob("*.toml")}


def test_data_is_packaged() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["kutip"]
    shipped = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    data = {p for p in tracked() if p.is_relative_to(PACKAGE) and p.suffix != ".py"}
    assert data
    assert sorted(str(p.relative_to(PACKAGE)) for p in data - shipped) == []


def commands() -> dict[str, click.Command]:
    from kutip.apps.cli.main import main

    context = click.Context(main)
    return {name: found for name in main.list_commands(context) if (found := main.get_command(context, name))}


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    problems = []
    for name, command in commands().items():
        if not re.search(rf"\bkutip {re.escape(name)}\b", text):
            problems.append(f"kutip {name}")
        for option in command.params:
            long = [o for o in option.opts if o.startswith("--")]
            if long and not any(re.search(rf"{re.escape(o)}(?![\w-])", text) for o in long):
                problems.append(f"kutip {name} {long[0]}")
    assert not problems, "not in docs/commands.md: " + ", ".join(problems)


def test_every_command_helps_with_an_example() -> None:
    for name, command in commands().items():
        with click.Context(command, info_name=f"kutip {name}") as context:
            assert f"kutip {name}" in command.get_help(context).partition("Options:")[2], (
                f"{name}: no example"
            )


def test_no_machine_of_ours_in_the_tree() -> None:
    problems = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE.search(line):
                problems.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not problems, "\n".join(problems)
