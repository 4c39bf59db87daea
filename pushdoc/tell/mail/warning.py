"""The mails at once: alerts that began or are over, all of them in one, as text and HTML."""

from __future__ import annotations

import platform
import textwrap
from typing import TYPE_CHECKING

from pushdoc import __version__
from pushdoc.tell.alerts import Teller
from pushdoc.tell.mail.envelope import Words
from pushdoc.tell.mail.rendering import rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pushdoc.ledger import AlertNote
    from pushdoc.tell.alerts import Item
    from pushdoc.tell.answers import Reader

_WIDTH = 76


def warning(
    begun: Iterable[AlertNote],
    ended: Iterable[AlertNote],
    waiting: Mapping[str, int],
    reader: Reader,
    templates: Path | None = None,
) -> Words:
    """What is told of some alerts; `waiting` is how many documents wait by destination.

    `templates` is the firm's own folder: `alert.html`, and `alert.txt` in the place of our plain text.
    """
    teller = Teller(reader, waiting)
    items = teller.items(begun, ended)
    code = "alerts.subject" if len(items) == 1 else "alerts.subject_of_several"
    subject = teller.said(code, title=items[0].title, others=len(items) - 1)
    footer = teller.said("alerts.footer", version=__version__, host=platform.node())
    values = {"subject": subject, "items": items, "footer": footer}
    text = rendered("alert.txt", values, reader, templates) or "\n".join(_plain(items, footer, teller))
    return Words(subject, text, rendered("alert.html", values, reader, templates))


def _plain(items: Sequence[Item], footer: str, teller: Teller) -> Iterator[str]:
    for item in items:
        yield from _wrapped(("✓ " if item.over else "✗ ") + item.title, "  ")
        yield ""
        for name, text in item.facts:
            yield from _wrapped("  " + teller.said("alerts.fact", name=name, text=text), "    ")
        for name, why in item.names:
            yield from _wrapped("  - " + (teller.said("alerts.fact", name=name, text=why) if why else name), "      ")
        if item.more:
            yield f"  {item.more}"
        yield ""
    yield "-- "
    yield from _wrapped(footer, "")


def _wrapped(text: str, indent: str) -> list[str]:
    """The text in lines; a command or a path is never broken, and a no-break space holds."""
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
