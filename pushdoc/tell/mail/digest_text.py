"""A digest in plain words: its subject and its text, for mail programs, terminals, and whoever has no HTML."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from pushdoc.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pushdoc.tell.answers import Reader
    from pushdoc.tell.mail.digest import Digest, Listed, Trouble
    from pushdoc.tell.mail.items import Item, Part

#: Of the clients that are only counted so many are named.
_NAMED = 12
#: What mail programs make a link of, even in the middle of a file's name. A slash is in none.
_LINK = re.compile(r"\b(www)\.(?=\w)", re.IGNORECASE)
#: The lists that begin with a sentence of their own.
_INTRODUCED = frozenset({"doubtful", "twice", "duplicates"})


class DigestText:
    """One digest for one reader."""

    def __init__(self, told: Digest, reader: Reader) -> None:
        self._told = told
        self._reader = reader

    @property
    def subject(self) -> str:
        """The result first: what failed, what else is to be seen, what was sent."""
        told = self._told
        said = list(self._counts()) or [self._say("digest.subject.quiet")]
        said.append(self._say("digest.subject.delivered", count=told.delivered))
        day = told.now.strftime("%d/%m/%Y" if self._reader.language == "fr" else "%Y-%m-%d")
        return self._say("digest.subject", said=", ".join(said), day=day)

    def _counts(self) -> Iterator[str]:
        told = self._told
        if told.failing:
            yield self._say(f"digest.subject.{_news(told)}", count=told.failing, new=told.new.total)
        if told.destinations.count:
            yield self._say("digest.subject.destinations", names=[one.name for one in told.destinations.shown])
        if told.waiting:
            yield self._say("digest.subject.waiting", count=told.waiting)
        if checks := told.doubtful.total + told.twice.total + told.pending.count:
            yield self._say("digest.subject.to_check", count=checks)
        for name in ("duplicates", "settled"):
            if not told.failing and (total := told.parts[name].total):
                yield self._say(f"digest.subject.{name}", count=total)

    @property
    def title(self) -> str:
        """The same in three words."""
        told = self._told
        kind = "quiet" if told.quiet else "failing" if told.failing else "others"
        return self._say(f"digest.title.{kind}", count=told.failing)

    @property
    def summary(self) -> list[str]:
        """The sentences that say it all."""
        told = self._told
        if told.quiet:
            first = self._say("digest.summary.quiet")
        elif told.failing:
            first = self._say(f"digest.summary.{_news(told)}", count=told.failing, new=told.new.total)
        else:
            first = self._say("digest.summary.none")
        delivered = "digest.delivered" + ".first" * told.first + ".none" * (not told.delivered)
        return [first, self._say(delivered, count=told.delivered)]

    @property
    def text(self) -> str:
        """The whole mail in plain text."""
        told = self._told
        parts = chain(
            self._part("new"),
            self._part("still"),
            self._troubles("destinations", told.destinations),
            self._part("doubtful"),
            self._part("twice"),
            self._held(),
            self._troubles("unmapped", told.unmapped),
            self._troubles("pending", told.pending),
            self._part("duplicates"),
            self._part("settled"),
        )
        lines = [self._say("digest.hello", name=told.name), "", " ".join(self.summary), *parts, ""]
        lines += [self._say("digest.end"), ""] if told.failing else []
        lines += [self._say("digest.automatic", now=told.now)]
        return _LINK.sub(r"\1[.]", "\n".join(lines)) + "\n"

    def more(self, part: Part) -> str:
        """The documents of a list that are only counted, by client."""
        named = [self._say("digest.more.client", client=few.client, count=few.count) for few in part.others[:_NAMED]]
        if rest := part.others[_NAMED:]:
            documents = sum(few.count for few in rest)
            named.append(self._say("digest.more.clients", count=len(rest), documents=documents))
        return self._say("digest.more", count=part.more, clients=named)

    def further(self, listed: Listed[Any]) -> str:
        """How many entries are not shown."""
        return self._say("digest.further", count=listed.more)

    def waits(self, one: Trouble) -> str:
        """How many documents of a client wait, and since when."""
        return self._say("digest.wait.since", count=one.count, since=one.since)

    def _part(self, name: str) -> Iterator[str]:
        part = self._told.parts[name]
        if not part.total:
            return
        yield from self._head(name, part.total)
        for by_client in part.clients:
            yield ""
            yield by_client.client
            for item in by_client.documents:
                yield from self._item(item)
        if part.more:
            yield ""
            yield self.more(part)

    def _head(self, name: str, count: int) -> Sequence[str]:
        title = self._say(f"digest.{name}", count=count)
        introduced = name in _INTRODUCED or name == "destinations"
        intro = [self._say(f"digest.{name}.intro")] if introduced else []
        return ["", "", title, "-" * len(title), *intro]

    def _item(self, item: Item) -> Iterator[str]:
        name = f"{item.name} ({self._say('digest.number', number=item.number)})"
        yield f"• {self._pair(name, item.fate) if item.fate else name}"
        if item.why:
            yield f"  {self._labelled('why', item.why)}"
        if item.todo:
            yield f"  {self._labelled('todo', item.todo)}"
        if item.fate is None:
            kind = self._say("digest.kind", type=item.type, rule=item.rule)
            yield f"  {self._say('digest.facts', kind=kind, since=item.since, place=item.place)}"

    def _troubles(self, name: str, troubles: Listed[Trouble]) -> Iterator[str]:
        if troubles.count:
            yield from self._head(name, troubles.count)
        for one in troubles.shown:
            since = one.since and self._say("digest.since", since=one.since)
            name, more = one.name or self._say("digest.all_clients"), self.waits(one) if one.count else since
            yield ""
            yield self._pair(name, more) if more else name
            yield f"  {self._labelled('why', one.why)}"
            if one.todo:
                yield f"  {self._labelled('todo', one.todo)}"
        if troubles.more:
            yield ""
            yield self.further(troubles)

    def _held(self) -> Iterator[str]:
        held = self._told.held
        if held.count:
            yield from self._head("held", held.count)
        for few in held.shown:
            yield f"• {self._pair(few.client, self._say('digest.documents', count=few.count))}"

        if held.more:
            yield self.further(held)

    def _labelled(self, name: str, text: str) -> str:
        return f"{self._say(f'digest.{name}')} {text}"

    def _pair(self, one: str, other: str) -> str:
        return self._say("digest.pair", one=one, other=other)

    def _say(self, code: str, **values: Any) -> str:
        return say(Phrase(code, values), self._reader.language, self._reader.zone)


def _news(told: Digest) -> str:
    """Which sentence fits: all that failed is new, some of it, or none."""
    if not told.new.total:
        return "none_new"
    return "some_new" if told.still.total else "all_new"
