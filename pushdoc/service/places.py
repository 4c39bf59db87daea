"""Where a service's things lie on a machine, and the files that are no code and come with pushdoc."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


def shipped(name: str) -> str:
    """The text of the unit (`pushdoc.service`) or of a manual page (`pushdoc.1`, `pushdoc.en.1`)."""
    # In the source tree links to `systemd/` and `docs/`; a built pushdoc has the files themselves.
    return Path(__file__).with_name(name).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Places:
    """Folders of the machine that installing writes to or looks at.

    Source: file-hierarchy(7) and systemd.unit(5); `/run/systemd/system` is there where systemd runs: sd_booted(3).
    """

    units: Path = Path("/etc/systemd/system")
    manual: Path = Path("/usr/local/share/man/man1")
    programs: Path = Path("/usr/local/bin")
    booted: Path = Path("/run/systemd/system")

    @property
    def unit(self) -> Path:
        """The unit's own file."""
        return self.units / "pushdoc.service"

    @property
    def page(self) -> Path:
        """The manual page's file."""
        return self.manual / "pushdoc.1"

    @property
    def program(self) -> Path:
        """The name by which everybody on the machine can type `pushdoc`."""
        return self.programs / "pushdoc"
