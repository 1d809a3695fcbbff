"""One server for all tests of pages that change nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import corpus
from tests.web.serving import Client, fill, served


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "record.db"
    fill(path, *corpus())
    return path


@pytest.fixture(scope="session")
def client(record_path: Path) -> Iterator[Client]:
    pytest.importorskip("starlette")
    pytest.importorskip("uvicorn")
    from kutip.apps.web.server import Options, application

    with served(application(str(record_path), Options("0"))) as found:
        yield found
