"""With whose rights things are looked at: root may do everything, and would find well what the service cannot do."""

from __future__ import annotations

import grp
import os
import pwd
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushdoc.checkup.finding import fault, fine, warning
from pushdoc.service import kept
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pushdoc.checkup.finding import Finding


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the service, as far as its unit says, and whether we can see things with those rights.

    `user` is None where no service is installed: then our own rights count.
    """

    user: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def installed(self) -> bool:
        """Whether there is a service."""
        return self.user is not None

    @property
    def name(self) -> str:
        """Whose rights count, for commands that are proposed."""
        return self.user or _own_name()

    def findings(self) -> Iterator[Finding]:
        """With whose rights everything was looked at, where that is not a matter of course."""
        if self.user is None or self.user == _own_name():
            return
        values = {"user": self.user, "ours": _own_name()}
        if _entry(self.user) is None:
            yield fault(Phrase("check.no_such_user", values))
        elif os.geteuid() == 0:
            yield fine(Phrase("check.rights_of_service", values))
        else:
            yield warning(Phrase("check.rights_of_another", values))

    @contextmanager
    def acting(self) -> Iterator[None]:
        """In here, this process has the service's rights; for one thread, and only where root may change them."""
        entry = None if self.user is None else _entry(self.user)
        if entry is None or entry.pw_uid == os.geteuid() or os.geteuid() != 0:
            yield
            return
        before = os.getgroups(), os.getegid()
        os.setgroups([*os.getgrouplist(entry.pw_name, entry.pw_gid), *_numbers(self.groups)])
        os.setresgid(entry.pw_gid, entry.pw_gid, 0)
        # The saved id stays root's, so that it can be taken back; a program that is started does not have it.
        os.setresuid(entry.pw_uid, entry.pw_uid, 0)
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)
            os.setresgid(before[1], before[1], before[1])
            os.setgroups(before[0])


def account_of(unit: Path) -> Account:
    """Who runs the service whose unit this is; nobody where none is installed, or where it cannot be read."""
    try:
        user, groups = kept(unit.read_text("utf-8", "replace"))
    except OSError:
        return Account()
    return Account(user or "root", groups)


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _entry(user: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(user)
    except KeyError:
        return None


def _numbers(groups: tuple[str, ...]) -> Iterator[int]:
    for group in groups:
        try:
            yield grp.getgrnam(group).gr_gid
        except KeyError:
            continue
