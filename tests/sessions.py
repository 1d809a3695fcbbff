"""Terminal sessions in the documentation: blocks of ``console`` whose output is that of the real program.

python -m tests.sessions PAGE.md …     writes the output of each anew; `make docs` does it for all
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
COLUMNS = "96"


def replayed(text: str) -> str:
    """A page with what its commands print now. The commands of a page share one folder and run in order."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("samples", "eval"):
            Path(folder, name).symlink_to(ROOT / name)
        return BLOCK.sub(lambda block: _run_all(block[0], folder), text)


def commands(text: str) -> Iterator[str]:
    """The commands of all sessions of a page."""
    for block in BLOCK.findall(text):
        yield from (line[2:] for line in block.splitlines() if line.startswith("$ "))


def _run_all(block: str, folder: str) -> str:
    return "".join(
        f"$ {command}\n{_run(command, folder)}"
        for command in (line[2:] for line in block.splitlines() if line.startswith("$ "))
    )


def _run(command: str, folder: str) -> str:
    """Both outputs of a command as a terminal of ``COLUMNS`` would show them, without colour."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": COLUMNS, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    env.pop("KUTIP_RECORD", None)
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    lines = (line.rstrip() for line in done.stdout.decode().strip("\n").split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:]):
        page.write_text(replayed(page.read_text(encoding="utf-8")), encoding="utf-8")
