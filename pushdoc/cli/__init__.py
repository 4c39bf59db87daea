"""The commands: arguments in, exit codes out. What a command does stands elsewhere; here is how it is asked."""

from pushdoc.cli.main import main

__all__ = ["main"]
