"""From a reference to the secret itself: the only place that reads the environment.

No error here holds a secret's value, or a piece of it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from pushdoc.errors import ConfigurationError
from pushdoc.secret import Secret
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from pushdoc.secret import SecretReference

#: Where systemd puts what `LoadCredential=` names. Source: systemd.exec(5), "Credentials".
_CREDENTIALS = "CREDENTIALS_DIRECTORY"
#: No password is longer; a wrong path may lead to a disk image. In bytes.
_LONGEST = 64 * 1024


def resolve(reference: SecretReference, base: Path) -> Secret:
    """The secret that a reference leads to, without the newline at its end; a relative `file:` counts from `base`.

    Outside of the service a `credential:` is read from where its unit takes it: the folder `credentials` in `base`.

    Raises:
        ConfigurationError: it is not there, empty, not text, or readable by others than its owner.
    """
    if "/" in reference.name and reference.scheme != "file":
        raise _refused("secret_with_slash", reference)
    match reference.scheme:
        case "env":
            value = os.environ.get(reference.name)
            if value is None:
                raise _refused("secret_no_variable", reference)
        case "credential":
            if folder := os.environ.get(_CREDENTIALS):
                value = _read(reference, Path(folder) / reference.name, private=False)
            elif _readable(own := base / "credentials" / reference.name):
                # A `check` or `map` that root types: nobody hands over what root keeps for the service.
                value = _read(reference, own, private=True)
            else:
                raise _refused("secret_no_credentials", reference)
        case _:
            value = _read(reference, base / reference.name, private=True)
    value = value.removesuffix("\n").removesuffix("\r")
    if not value.strip():
        raise _refused("secret_empty", reference)
    return Secret(value)


def _readable(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:  # it is root's, and we are not
        return False


def _read(reference: SecretReference, path: Path, *, private: bool) -> str:
    """The text of a secret's file; `private` where nobody else may read it (systemd sees to its own files)."""
    try:
        # Not waiting for the writer of a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        raise _refused("secret_missing", reference, path=str(path)) from None
    except OSError as error:
        raise _refused("secret_unreadable", reference, path=str(path), error=error.strerror or "") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _refused("secret_no_file", reference, path=str(path))
        if private and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            mode = f"{stat.S_IMODE(status.st_mode):04o}"
            raise _refused("secret_open_to_others", reference, path=str(path), mode=mode)
        written = os.read(descriptor, _LONGEST + 1)
    finally:
        os.close(descriptor)
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Without its cause: a decoding error carries the bytes.
        raise _refused("secret_not_text", reference, path=str(path)) from None
    if len(written) > _LONGEST or "\0" in text:
        raise _refused("secret_not_text", reference, path=str(path))
    return text


def _refused(code: str, reference: SecretReference, **values: str) -> ConfigurationError:
    return ConfigurationError(Phrase(f"rules.{code}", {"reference": str(reference), "name": reference.name, **values}))
