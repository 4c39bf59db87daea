"""The mails' templates: HTML, and plain text where the firm has written its own; one that fails costs looks, not mail.

The firm's own folder goes before ours. Its templates are the administrator's, but what they are filled with is not:
HTML is escaped by itself, a name that does not exist is an error, and nothing of Python is in reach (Jinja2's sandbox).
"""

from __future__ import annotations

import re
import traceback
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from pushdoc.log import logger
from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pushdoc.tell.answers import Reader

_OURS = Path(__file__).parent / "templates"
#: Where a mail program may take the text for a link, or where a long name may be broken; not within a date.
_JOINT = re.compile(r"((?<!\d)[._@:/\\]|[._@:/\\](?!\d))(?=[^\s._@:/\\])")


def rendered(name: str, values: Mapping[str, Any], reader: Reader, own: Path | None) -> str | None:
    """What the template `name` (`digest.html`) makes of some values; None where there is none, or where it fails.

    In a template `say("code", …)` is a phrase in the reader's `language`, and the filter `broken` lets a name be
    broken into lines and keeps mail programs from making a link of it. `own` is the firm's folder of templates. A
    fault is logged with its file and line, once until it is another one.
    """
    return _templates(own).rendered(name, values, reader)


@cache
def _templates(own: Path | None) -> _Templates:
    return _Templates([own, _OURS] if own is not None else [_OURS])


class _Templates:
    """The templates of some folders, the first before the others."""

    def __init__(self, folders: list[Path]) -> None:
        self._environment = SandboxedEnvironment(
            loader=FileSystemLoader(folders),
            undefined=StrictUndefined,
            autoescape=select_autoescape(["html"]),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["broken"] = _broken
        self._told: dict[str, tuple[str, int, str]] = {}

    def rendered(self, name: str, values: Mapping[str, Any], reader: Reader) -> str | None:
        def said(code: str, **told: Any) -> str:
            return say(Phrase(code, told), reader.language, reader.zone)

        try:
            template = self._environment.get_template(name)
            text = template.render({**values, "say": said, "language": reader.language})
        except TemplateNotFound as error:
            if error.name != name:
                self._fault(name, error)
            return None
        except Exception as error:  # noqa: BLE001 -- a template may raise whatever it likes; the mail goes all the same
            self._fault(name, error)
            return None
        self._told.pop(name, None)
        return text

    def _fault(self, name: str, error: Exception) -> None:
        file, line = _place(error)
        fault = (file or name, line or 0, f"{type(error).__name__}: {error}")
        if self._told.get(name) != fault:
            self._told[name] = fault
            logger().warning(
                "template failed, the mail goes as plain text", template=fault[0], line=fault[1], reason=fault[2]
            )


def _place(error: Exception) -> tuple[str | None, int | None]:
    """File and line of a template's fault, where they are known."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename, error.lineno
    # Jinja2 gives the frames of a template the template's own file and lines.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    if frames and not isinstance(error, TemplateNotFound):
        return frames[-1].filename, frames[-1].lineno
    return (error.message, None) if isinstance(error, TemplateError) else (None, None)


def _broken(text: str) -> Markup:
    """The text as HTML that may be broken behind its signs; no run of it looks like an address."""
    return Markup(_JOINT.sub(r"\1<wbr>", str(escape(text))))  # noqa: S704 -- escaped, and nothing else is put in
