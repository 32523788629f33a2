"""The command `frontdesk`. A program that wants an answer passes `--json`; errors go to stderr and say what to do."""

import sys


def main() -> None:
    """Run the command. Exit codes: 0 done, 1 it failed, 2 it was asked wrongly or nothing runs."""
    from services.cli.commands import app
    from shared.errors import ConfigurationError, FrontdeskError

    try:
        app()
    except ConfigurationError as error:
        sys.stderr.write(f"frontdesk: {error}\n")
        sys.exit(2)
    except FrontdeskError as error:
        sys.stderr.write(f"frontdesk: {error}\n")
        sys.exit(1)
