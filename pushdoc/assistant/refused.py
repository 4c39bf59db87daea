"""What the system refuses the assistant, told as what is wrong with a file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def told(path: Path, code: str) -> Iterator[None]:
    """Whatever the system refuses in here is an error of that phrase, which names the path and what was said.

    Raises:
        ConfigurationError: it was refused.
    """
    try:
        yield
    except OSError as error:
        values = {"path": str(path), "error": error.strerror or type(error).__name__}
        raise ConfigurationError(Phrase(code, values)) from None
