"""``kutip serve``: the record in the browser."""

from typing import TYPE_CHECKING

import click

import kutip
from kutip.apps.cli.common import recorded, say, settings, spoken

if TYPE_CHECKING:
    import socket

PORT = 8321
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command(epilog="Example: kutip serve --record news.db")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any that is free."
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="Name by which others reach it; may be repeated.",
)
@click.option(
    "--rate-limit", type=click.IntRange(1), metavar="N", help="Requests a minute of one address [no limit]."
)
@recorded
@spoken
def serve(host: str, port: int, names: tuple[str, ...], rate_limit: int | None) -> None:
    """Show the record in the browser: read, search, check. Needs no network beyond this machine.

    Only this machine can reach it unless --host says otherwise. Who can reach it can read the full texts.
    """
    try:
        import uvicorn

        from kutip.apps.web.server import LOCAL, Options, application
    except ModuleNotFoundError as error:
        raise click.UsageError(
            f"this needs {error.name}; install it with: pip install 'kutip[web]'"
        ) from error

    hosts = (*LOCAL, *names, *(() if host in (*LOOPBACK, "0.0.0.0", "::") else (host,)))
    app = application(settings().record, Options(kutip.__version__, hosts, rate_limit or 0))
    if host not in LOOPBACK:
        click.echo(f"everyone who can reach {host} can read the full texts of the record", err=True)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False)

    class Announced(uvicorn.Server):
        """Says its address once it listens."""

        async def startup(self, sockets: "list[socket.socket] | None" = None) -> None:
            await super().startup(sockets)
            for listening in getattr(self, "servers", ()):
                at = listening.sockets[0].getsockname()[1]
                say(f"http://{f'[{host}]' if ':' in host else host}:{at}/  (Ctrl-C ends it)")

    Announced(config).run()
