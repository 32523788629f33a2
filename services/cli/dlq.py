"""`frontdesk dlq`: what could not be handled, and what to do with it."""

import typer

app = typer.Typer(help="Dead letters: look, replay, drop.", no_args_is_help=True)
