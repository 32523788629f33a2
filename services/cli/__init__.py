"""The command `frontdesk`. A program that wants an answer passes `--json`; errors go to stderr and say what to do."""

import os
import sys


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 it failed, 2 it was asked wrongly or nothing runs."""
    from shared.errors import ConfigurationError, FrontdeskError

    try:
        _command()
    except ConfigurationError as error:
        sys.stderr.write(f"frontdesk: {error}\n")
        sys.exit(2)
    except FrontdeskError as error:
        sys.stderr.write(f"frontdesk: {error}\n")
        sys.exit(1)


def _command() -> None:
    if sys.argv[1:] == ["screen"] and not os.environ.get("FRONTDESK_ASSISTANT"):
        # A filter that scripts start for every file: what parses options takes longer to load than the guards.
        from services.cli.screen import run

        run(None)
        return
    from services.cli.commands import app

    app()
