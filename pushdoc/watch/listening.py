"""How well the folders are listened to: what `status` and `check` show of the hints."""

from __future__ import annotations

from dataclasses import dataclass

from pushdoc.words import Phrase


@dataclass(frozen=True, slots=True)
class Listening:
    """What is heard and what is left to regular looks now, and what went wrong and was mended since the start.

    `heard` and `polled` count the drop folders, `watches` what the kernel keeps for us (one for many folders that do
    not exist yet). `problems` say why folders are polled, each with the command that helps.
    """

    heard: int
    polled: int
    watches: int
    overflows: int = 0  # the kernel's queue was full
    revivals: int = 0  # the listening thread had ended
    rearmed: int = 0  # another folder stood in the place of one that was listened to
    problems: tuple[Phrase, ...] = ()

    def phrases(self) -> list[Phrase]:
        """All that there is to say, the present first."""
        said = [Phrase("watch.listening", {"heard": self.heard, "polled": self.polled})]
        if self.overflows or self.revivals or self.rearmed:
            counts = {"overflows": self.overflows, "revivals": self.revivals, "rearmed": self.rearmed}
            said.append(Phrase("watch.mended", counts))
        return [*said, *self.problems]
