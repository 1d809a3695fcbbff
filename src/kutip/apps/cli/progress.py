"""A moving line on standard error while something long goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kutip.apps.cli.common import NORMAL, say, settings
from kutip.apps.cli.output import console


class Steps:
    """What a long work says that it is at. at_first: said once, where it says anything at all."""

    def __init__(self, at_first: str = "") -> None:
        self._at_first = at_first
        self._text = ""

    def note(self, what: str, count: int) -> None:
        """Told by the work."""
        if self._at_first:
            say(self._at_first)
            self._at_first = ""
        self._text = f"{count:,} {what}"

    def show(self) -> str:
        """For ``progress``."""
        return self._text


@contextmanager
def progress(describe: Callable[[], str]) -> Iterator[None]:
    """Shows what ``describe`` says, several times a second; nothing if quiet or without a terminal."""
    out = console(stderr=True)
    if settings().verbosity < NORMAL or not out.is_terminal:
        yield
        return
    from rich.live import Live
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TimeElapsedColumn
    from rich.text import Text

    class Description(ProgressColumn):
        """Asked anew at each refresh, so that the work itself has nothing to report."""

        def render(self, task: Task) -> Text:
            """What stands beside the bar."""
            return Text(describe())

    bar = Progress(BarColumn(20), Description(), TimeElapsedColumn(), console=out)
    bar.add_task("", total=None)
    with Live(bar, console=out, transient=True, refresh_per_second=5):
        yield
