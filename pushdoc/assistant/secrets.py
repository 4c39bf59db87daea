"""Where the assistant keeps a secret that it was told: a file of its own, that the service will read.

In the rules stands only the reference. For a service of the system, whose rules lie in /etc/pushdoc, systemd hands the
file over (`credential:`); elsewhere pushdoc reads it itself (`file:`).
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pushdoc.assistant.refused import told
from pushdoc.errors import ConfigurationError
from pushdoc.rules import resolve
from pushdoc.secret import Secret, SecretReference
from pushdoc.words import Phrase

SYSTEM = Path("/etc/pushdoc")
_CREDENTIALS = "credentials"
_BESIDE = "secrets"
#: Ends the name of a secret that was told and is not in force yet, as the draft of the rules is not.
_WAITING = ".draft"
#: Where the service of the system remembers: it may not write in /etc.
_LEDGER = "sqlite:////var/lib/pushdoc/pushdoc.db"


class Vault:
    """The secrets that belong to the rules in the folder `base`."""

    def __init__(self, base: Path, system: Path = SYSTEM, *, as_root: bool | None = None) -> None:
        self._base = base
        self._as_root = os.geteuid() == 0 if as_root is None else as_root
        self._handed_over = self._as_root and base == system
        self._folder = base / (_CREDENTIALS if self._handed_over else _BESIDE)

    @property
    def ledger(self) -> str | None:
        """Where new rules keep their ledger, beside the service of the system; None for the usual place."""
        return _LEDGER if self._handed_over else None

    @property
    def waiting(self) -> list[Path]:
        """The secrets that were told and are not in force yet."""
        return sorted(self._folder.glob(f"*{_WAITING}"))

    def keep(self, name: str, secret: Secret) -> str:
        """The reference to the secret, once it is on the disk: mode 0600, in a folder of mode 0700.

        One that is in force under the same name stays so until `put_in_force`. Where root keeps it for rules that are
        somebody else's, the file is theirs.

        Raises:
            ConfigurationError: it cannot be written.
        """
        with told(self._folder / name, "assistant.secret_not_kept"):
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)
                self._give(self._folder)
            self._write(self._folder / f"{name}{_WAITING}", secret)
        return f"credential:{name}" if self._handed_over else f"file:{_BESIDE}/{name}"

    def put_in_force(self) -> None:
        """Give the secrets that wait the names that the rules know them by.

        Raises:
            ConfigurationError: that cannot be done.
        """
        for path in self.waiting:
            with told(path, "assistant.secret_not_kept"):
                path.replace(path.with_name(path.name.removesuffix(_WAITING)))

    def discard(self) -> None:
        """Forget the secrets that wait.

        Raises:
            ConfigurationError: that cannot be done.
        """
        for path in self.waiting:
            with told(path, "assistant.secret_not_kept"):
                path.unlink()

    def read(self, reference: str) -> Secret:
        """The secret that a reference in the rules leads to, one that waits before the one in force.

        Raises:
            ConfigurationError: it cannot be had, or that is no reference.
        """
        try:
            parsed = SecretReference.parse(reference)
        except ValueError:
            raise ConfigurationError(Phrase("assistant.not_a_reference")) from None
        file = self._base / parsed.name
        if parsed.scheme == "credential" and "/" not in parsed.name:
            # Outside of the service nobody hands it over: whoever may read the file itself reads it.
            file = self._base / _CREDENTIALS / parsed.name
        waiting = file.with_name(file.name + _WAITING)
        for path in (waiting, file):
            if parsed.scheme != "env" and path.is_file():
                return resolve(SecretReference("file", str(path)), self._base)
        return resolve(parsed, self._base)

    def _write(self, path: Path, secret: Secret) -> None:
        # Made with mode 0600, which no other process finds open for a moment.
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8") as file:
            made = Path(file.name)
            try:
                file.write(secret.reveal() + "\n")
                file.flush()
                os.fsync(file.fileno())
                self._give(made)
                made.replace(path)
            except BaseException:
                made.unlink(missing_ok=True)
                raise

    def _give(self, path: Path) -> None:
        """What root makes belongs to whom the rules' folder belongs to, who will run pushdoc."""
        if self._as_root and not self._handed_over:
            owner = self._base.stat()
            os.chown(path, owner.st_uid, owner.st_gid)
