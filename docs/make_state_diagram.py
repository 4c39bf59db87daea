"""Draws the states of a document, from the table in `pushdoc/states.py`, into `docs/the-way.md`.

`python docs/make_state_diagram.py` writes the diagram; with `--check` it only says whether it is the table's (exit
code 1 where it is not).
"""

from __future__ import annotations

import sys
from pathlib import Path

from pushdoc.states import ARROWS, ENDS, ENTRANCES

PAGE = Path(__file__).with_name("the-way.md")
BEGIN = "<!-- begin: written by docs/make_state_diagram.py -->"
END = "<!-- end: written by docs/make_state_diagram.py -->"


def diagram() -> str:
    """The table as Mermaid's `stateDiagram-v2`; what happens last leads to the end mark."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state.name}: {event.value}" for event, state in ENTRANCES.items()]
    for state, arrows in ARROWS.items():
        lines += [f"    {state.name} --> {after.name}: {event.value}" for event, after in arrows.items()]
    lines += [f"    {state.name} --> [*]" for state in ARROWS if state in ENDS]
    return "\n".join(lines)


def with_diagram(page: str) -> str:
    """The page with the diagram of today's table between its marks.

    Raises:
        ValueError: the page has lost its marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the diagram: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n\n```mermaid\n{diagram()}\n```\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the diagram, or only look whether it is stale; the exit code."""
    page = PAGE.read_text(encoding="utf-8")
    drawn = with_diagram(page)
    if arguments == ["--check"]:
        return 0 if drawn == page else 1
    PAGE.write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
