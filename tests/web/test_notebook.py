"""The notebook of the documentation runs on a record."""

import json
from pathlib import Path

import pytest

from tests.web.serving import fill

NOTEBOOK = Path(__file__).parents[2] / "docs" / "record_to_plot.ipynb"


def test_every_cell_runs_and_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib").use("Agg")
    fill(tmp_path / "record.db")
    monkeypatch.setenv("KUTIP_RECORD", str(tmp_path / "record.db"))
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    kinds, axes = names["kinds"], names["axes"]
    assert len(kinds) == 10
    assert sum(bar.get_width() for bars in axes.containers for bar in bars) == kinds["all"].sum()
