"""Which destinations there are, by the `type` that the rules name them by.

A plug-in's own modules are loaded only when it is asked for, and its settings without what it sends with: `status`
needs no HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushdoc.destinations.folder import Folder, FolderSettings
from pushdoc.destinations.inqom.settings import InqomSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Destination
    from pushdoc.secret import Secret, SecretReference


def settings_models() -> Mapping[str, type[BaseModel]]:
    """The settings of each type of destination, by the type's name."""
    return {"inqom": InqomSettings, "folder": FolderSettings}


def connect(name: str, settings: BaseModel, secret: Callable[[SecretReference], Secret], clock: Clock) -> Destination:
    """The destination that these settings describe, under the name that the rules give it; nothing is asked yet.

    Raises:
        ConfigurationError: from `secret`, for one that cannot be had.
    """
    match settings:
        case InqomSettings():
            from pushdoc.destinations.inqom.client import Inqom  # noqa: PLC0415 -- brings httpx

            return Inqom(name, settings, secret(settings.password), secret(settings.client_secret), clock)
        case FolderSettings():
            return Folder(name, settings)
        case _:
            raise TypeError(f"no destination has settings of this kind: {type(settings).__name__}")
