"""Done-files: the name of the file that a program puts beside a document to say that it is whole, `{name}.ok`.

Pure. Names are compared whatever their case and Unicode normalisation, as Windows and macOS write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pushdoc.errors import ConfigurationError
from pushdoc.rules.template import nfc
from pushdoc.words import Phrase

_VARIABLE = re.compile(r"\{(name|stem)\}")


@dataclass(frozen=True, slots=True)
class DoneName:
    """How done-files are called: `before`, the document's name (with `whole`) or that without its ending, `after`."""

    before: str
    after: str
    whole: bool

    @classmethod
    def parse(cls, text: str) -> DoneName:
        """The name that a text stands for: `{name}` or `{stem}`, once, and something beside it.

        Raises:
            ConfigurationError: it is none, or one that never is a file beside the document.
        """
        parts = _VARIABLE.split(text)
        if len(parts) != 3 or not parts[0] + parts[2] or re.search(r"[{}/\\\0]", parts[0] + parts[2]):
            shown = {"whole": "{name}", "stem": "{stem}", "proposal": "{name}.ok"}
            raise ConfigurationError(Phrase("rules.not_a_done_file", shown))
        return cls(parts[0], parts[2], parts[1] == "name")

    def __str__(self) -> str:
        return f"{self.before}{{{'name' if self.whole else 'stem'}}}{self.after}"

    def of(self, name: str) -> str:
        """What the done-file of a document of this name is called."""
        stem = name.rpartition(".")[0] or name
        return self.before + (name if self.whole else stem) + self.after

    def fits(self, name: str) -> bool:
        """Whether this is the name of a done-file, wherever its document may be."""
        before, after, given = folded(self.before), folded(self.after), folded(name)
        return given.startswith(before) and given.endswith(after) and len(given) > len(before) + len(after)


def folded(name: str) -> str:
    """A name as it is compared."""
    return nfc(name).casefold()
