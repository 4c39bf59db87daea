"""Secrets: in the rules only a reference to one, in the running house a value that does not show itself."""

from __future__ import annotations

from typing import NamedTuple

SCHEMES = ("credential", "env", "file")


class SecretReference(NamedTuple):
    """Where a secret is kept: `credential:NAME` (systemd), `env:NAME` or `file:PATH` (mode 0600)."""

    scheme: str
    name: str

    @classmethod
    def parse(cls, text: str) -> SecretReference:
        """The reference that is written in the rules.

        Raises:
            ValueError: not a reference. The text is not in the message: it may be the secret itself.
        """
        scheme, colon, name = text.partition(":")
        if not (colon and name and scheme in SCHEMES):
            raise ValueError("not a reference to a secret")
        return cls(scheme, name)

    def __str__(self) -> str:
        return f"{self.scheme}:{self.name}"


class Secret:
    """A secret's value, which appears in no `repr`, no log and no error."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the one request that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('…')"

    __str__ = __repr__
