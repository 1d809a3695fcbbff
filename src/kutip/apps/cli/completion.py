"""``kutip completion``: the script that a shell needs."""

import click

from kutip.apps.cli.common import spoken


@click.command(epilog='Example: kutip completion bash >> ~/.bashrc   (or: eval "$(kutip completion zsh)")')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@spoken
def completion(shell: str) -> None:
    """Print the script that makes SHELL complete the commands and options of kutip."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # click has one for each of the choices
    program = click.get_current_context().find_root().command
    click.echo(made(program, {}, "kutip", "_KUTIP_COMPLETE").source())
