"""``kutip verify``: whether the record holds."""

import click

from kutip.apps.cli.common import NOT_ALL, open_record, recorded, say, settings, spoken
from kutip.apps.cli.output import write_lines
from kutip.apps.cli.progress import progress
from kutip.apps.cli.words import many


@click.command(epilog="Example: kutip verify --record news.db")
@click.option("--jsonl", is_flag=True, help="A JSON object a line for each thing that does not hold.")
@recorded
@spoken
def verify(jsonl: bool) -> None:
    """Check every hash, slice every span anew from its article's text, and check the file and its indexes.

    What does not hold goes to standard output, a line each, and the exit code is 1.
    """
    from kutip.store import verify as problems_of

    problems, checking = 0, ""

    def note(name: str) -> None:
        nonlocal checking
        checking = name

    with open_record() as record, progress(lambda: f"checking {checking}"):
        for problem in problems_of(record, note):
            problems += 1
            if jsonl:
                write_lines([problem])
            else:
                click.echo(" ".join(filter(None, (problem.table, problem.id))) + f": {problem.what}")
    if problems:
        say(f"{settings().record} does not hold: {many(problems, 'problem')}")
        click.get_current_context().exit(NOT_ALL)
    say(f"all of {settings().record} holds")
