"""When a file is whole: it has been seen unchanged, by our own clock, for as long as its rule says.

Modification times are compared, never believed: a slow copy may bear an old one. What would have to ask the file
itself (has somebody still got it open? does its format say that it ends here?) is asked of settled files by the
caller, who answers `again`. Where a file can prove by itself that it is whole, it need not wait.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
    from datetime import timedelta
    from pathlib import Path

    from pushdoc.document import Identity
    from pushdoc.watch.scan import Sighting

_ANSWER_S = 1.0
#: A file that has not come to its end waits so many times its settle time more, each time it is told.
_LONGER = (4, 16)
#: A source that wrote on waits twice as long each time, and at the most so many times as long.
_SLOWEST = 8
#: What changes later than this after it was told is a person's doing: no wait of ours would have caught it.
_WRITES_ON_S = 600.0


class Pending(Enum):
    """Why a file is not whole yet."""

    EMPTY = auto()
    #: An office program has it open.
    LOCKED = auto()
    #: Its rule wants another file beside it that says that it is whole.
    UNANNOUNCED = auto()
    #: Some process has it open for writing.
    WRITTEN = auto()
    GROWING = auto()
    #: Its format says that there is more to come.
    UNFINISHED = auto()


_HELD = frozenset({Pending.EMPTY, Pending.LOCKED, Pending.UNANNOUNCED})


@dataclass(frozen=True, slots=True)
class _Quiet:
    """A file since it last changed; `begun` is since when it has been waiting, `settle` in seconds.

    `told` is when it was told; `prompt` that it need not wait; `again` how often it came back, of these `unfinished`
    times because it had not come to its end.
    """

    identity: Identity
    begun: float
    since: float
    settle: float
    pending: Pending | None
    told: float | None = None
    prompt: bool = False
    again: int = 0
    unfinished: int = 0

    @property
    def whole_at(self) -> float | None:
        """When it will be told if it stays as it is; None where no passing of time brings that about."""
        if self.told is not None or self.pending in _HELD:
            return None
        if self.again:  # with a settle time of nothing, too, whoever asks again rests between
            return self.since + max(_ANSWER_S, self.settle * (1, *_LONGER)[min(self.unfinished, len(_LONGER))])
        return self.since if self.prompt else self.since + self.settle


class Settling:
    """What every look saw, folder by folder, and what of it has settled. Moments are monotonic seconds."""

    def __init__(self) -> None:
        self._folders: dict[Path, dict[Path, _Quiet]] = {}
        # When a folder's next file may settle; sometimes too early (a file was forgotten), which costs one look.
        self._waiting: dict[Path, float] = {}
        # How many times longer a source's files wait; in memory only, as everything here: a restart learns it anew.
        self._slow: dict[Hashable, int] = {}

    def see(
        self,
        folder: Path,
        sightings: Iterable[Sighting],
        now: float,
        settle: timedelta,
        *,
        source: Hashable = None,
        announced: Mapping[Path, bool] = MappingProxyType({}),
        proven: Callable[[Sighting], bool] = lambda _: False,
    ) -> list[Sighting]:
        """Those of the sightings that have settled since the last look, in the order given.

        An empty file never settles, nor one that an office program has open. A file that changes starts again; one
        that is not among the sightings any more is forgotten. A settled file is told once, unless it changes or
        `again` asks for it.

        `source` is who writes here: when it writes on in a file that was told, all its files wait longer from then on.
        `announced` are the files that wait for another one beside them instead, and whether that is there. `proven`
        is asked of every file that is seen for the first time, and says whether it is whole beyond doubt.
        """
        before = self._folders.get(folder, {})
        seen_now = list(sightings)
        if source is not None and self._writes_on(before, seen_now, now):
            self._slow[source] = min(_SLOWEST, 2 * self._slow.get(source, 1))
        pace = self._slow.get(source, 1)
        after: dict[Path, _Quiet] = {}
        settled = []
        for seen in seen_now:
            known = before.get(seen.path)
            file = known if known is not None and known.identity == seen.identity else _begun(seen, known, now)
            if file.told is None:
                pending = _pending(seen, announced.get(seen.path), file)
                prompt = file.prompt or seen.path in announced
                if known is None and pace == 1 and pending is None and not prompt:
                    prompt = proven(seen)
                file = replace(file, settle=pace * settle.total_seconds(), pending=pending, prompt=prompt)
                if file.whole_at is not None and file.whole_at <= now:
                    file = replace(file, told=now)
                    settled.append(seen)
            after[seen.path] = file
        self._keep(folder, after)
        return settled

    def lost_sight(self, folder: Path, now: float) -> None:
        """The folder could not be read: nothing is forgotten, but what waits there waits its whole time again."""
        files = self._folders.get(folder, {})
        self._keep(
            folder,
            {
                path: file if file.told is not None else replace(file, since=now, prompt=False)
                for path, file in files.items()
            },
        )

    def again(self, folder: Path, path: Path, now: float, why: Pending | None = None) -> None:
        """The file is not whole after all, or could not be taken: it is told again after a whole quiet time.

        One that is UNFINISHED waits four times as long, then sixteen times.
        """
        if file := self._folders.get(folder, {}).get(path):
            unfinished = file.unfinished + (why is Pending.UNFINISHED)
            file = replace(file, since=now, told=None, pending=why, again=file.again + 1, unfinished=unfinished)
            self._folders[folder][path] = file
            if (at := file.whole_at) is not None:
                self._waiting[folder] = min(at, self._waiting.get(folder, at))

    def waited_out(self, folder: Path, path: Path) -> bool:
        """Whether an unfinished file has had all the longer waits that there are: as it is now, it will stay."""
        file = self._folders.get(folder, {}).get(path)
        return file is not None and file.unfinished >= len(_LONGER)

    def pending(self, now: float, seconds: float) -> dict[Pending, list[Path]]:
        """The files that have been waiting for longer than so many seconds, by what keeps them from being whole."""
        found: dict[Pending, list[Path]] = {}
        for files in self._folders.values():
            for path, file in files.items():
                if file.told is None and file.pending is not None and now - file.begun > seconds:
                    found.setdefault(file.pending, []).append(path)
        return found

    def unsettled(self) -> set[Path]:
        """The folders with a file that is waited for."""
        return {folder for folder, files in self._folders.items() if any(file.told is None for file in files.values())}

    def forget(self, folder: Path, paths: Iterable[Path]) -> None:
        """The files were taken away from here: whatever bears their names next is a new one."""
        if files := self._folders.get(folder):
            for path in paths:
                files.pop(path, None)

    def due(self, now: float) -> float | None:
        """When the next file may settle (at the earliest now), or None where no passing of time settles any."""
        return max(now, min(self._waiting.values())) if self._waiting else None

    def ripe(self, now: float) -> list[Path]:
        """The folders to be looked at now, because a file there may have settled.

        Each is to be answered by `see` or, where it cannot be read, by `lost_sight`; one that is not, for whatever
        reason, is named again a second later, so that who sleeps until `due` never runs in circles.
        """
        ripe = [folder for folder, at in self._waiting.items() if at <= now]
        self._waiting.update(dict.fromkeys(ripe, now + _ANSWER_S))
        return ripe

    def only(self, folders: Collection[Path]) -> None:
        """Forget all folders but these: the others are watched no longer (the month has turned)."""
        for folder in self._folders.keys() - set(folders):
            self._keep(folder, {})

    def _writes_on(self, before: Mapping[Path, _Quiet], seen_now: Iterable[Sighting], now: float) -> bool:
        """Whether a file that was told not long ago has been written on, under its name or, grown, under a new one.

        One that has become shorter was replaced: writing on does not take away.
        """
        told = {path: file for path, file in before.items() if file.told is not None and now - file.told < _WRITES_ON_S}
        if not told:
            return False
        grown = {(file.identity.device, file.identity.inode): file.identity.size for file in told.values()}
        for seen in seen_now:
            here, identity = told.get(seen.path), seen.identity
            if here is not None and _written_on(here.identity, identity):
                return True
            if seen.path not in before and identity.size > grown.get((identity.device, identity.inode), identity.size):
                return True
        return False

    def _keep(self, folder: Path, files: dict[Path, _Quiet]) -> None:
        self._folders.pop(folder, None)
        self._waiting.pop(folder, None)
        if files:
            self._folders[folder] = files
        if moments := [file.whole_at for file in files.values() if file.whole_at is not None]:
            self._waiting[folder] = min(moments)


def _begun(seen: Sighting, known: _Quiet | None, now: float) -> _Quiet:
    """A file seen for the first time or, where it is `known`, with another content."""
    if known is None or known.told is not None or known.pending in _HELD:
        return _Quiet(seen.identity, now, now, 0.0, None)
    return _Quiet(seen.identity, known.begun, now, 0.0, Pending.GROWING)


def _written_on(before: Identity, now: Identity) -> bool:
    # Not by the device: a disk that is mounted anew may get another number.
    return now.size > before.size or (now.size == before.size and now.modified_ns != before.modified_ns)


def _pending(seen: Sighting, announced: bool | None, file: _Quiet) -> Pending | None:  # noqa: FBT001 -- whether, or None where nobody waits for it
    """Why a file that was not told is not whole, as far as this look can say."""
    if seen.identity.size == 0:
        return Pending.EMPTY
    if seen.lock is not None:
        return Pending.LOCKED
    if announced is False:
        return Pending.UNANNOUNCED
    return None if file.pending in _HELD else file.pending
