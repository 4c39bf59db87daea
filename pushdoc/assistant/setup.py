"""What the four steps share: the draft, who answers, what is shown, and what was learnt on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pushdoc.assistant.question import Question, one_of, yes
from pushdoc.assistant.screen import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushdoc.assistant.draft import Draft
    from pushdoc.assistant.question import Answers
    from pushdoc.assistant.screen import Screen
    from pushdoc.assistant.secrets import Vault
    from pushdoc.clock import Clock
    from pushdoc.deliver.destination import Health
    from pushdoc.document import Dossier


@dataclass
class Setup:
    """One run of the assistant.

    `stood`: the rules were in force before it began. `offline`: Inqom is not asked. `health` is what the account said
    when it was last tried, None where it was not, and `dossiers` what it showed. `unmapped` counts the clients without
    a dossier, None where nothing is known of them.
    """

    draft: Draft
    answers: Answers
    screen: Screen
    vault: Vault
    clock: Clock
    offline: bool = False
    stood: bool = field(init=False)
    health: Health | None = None
    dossiers: Sequence[Dossier] | None = None
    unmapped: int | None = None

    def __post_init__(self) -> None:
        self.stood = self.draft.standing

    @property
    def changed(self) -> bool:
        """Whether something was answered that is not in force."""
        return self.draft.changed or bool(self.vault.waiting)

    @property
    def base(self) -> Path:
        """The folder that relative paths of the rules count from."""
        return self.draft.final.parent

    @property
    def root(self) -> Path:
        """The clients' root, as it is written by now."""
        return self.base / self.draft.of_clients("root")

    def agrees(self, key: str, *, default: bool, unattended: bool | None = None, **values: object) -> bool:
        """Whether the answer is yes; of a script that says nothing: `unattended`, else `default`."""
        words = {True: self.screen.words("assistant.yes"), False: self.screen.words("assistant.no"), None: None}
        return self.answers.ask(Question(key, yes, words[default], words[unattended], values=values))

    def path(self, given: str) -> Path:
        """A path that was typed: it counts from the rules' folder, else from where the command was started."""
        try:
            path = Path(given).expanduser()
        except RuntimeError:  # `~` and a name that nobody bears
            path = Path(given)
        beside = (self.base / path).absolute()
        return beside if beside.exists() or not path.exists() else path.absolute()

    def written(self, path: Path) -> str:
        """A path as it is written in the rules: relative where it lies beneath them."""
        return str(path.relative_to(self.base) if path.is_relative_to(self.base) else path)

    def choice(self, key: str, words: Sequence[str], default: str | None = None, **more: Any) -> int:
        """The place, from 0, of one of some words; `shown` are longer texts, `unattended` as a question has it."""
        if self.answers.attended:
            self.screen.rows((f"{number:>3}", word) for number, word in enumerate(more.get("shown", words), 1))
        return self.answers.ask(Question(key, one_of(words), default, more.get("unattended")))

    def hint(self, code: str, **values: object) -> None:
        """Say what only helps a person to answer."""
        if self.answers.attended:
            self.screen.say(code, **values)

    def publish(self) -> None:
        """Make the draft the rules file, with its secrets, where it says something new and nothing in it is wrong."""
        if self.changed and not self.draft.problems():
            # A file that is there without rules that name it does no harm; rules without their file would.
            self.vault.put_in_force()
            self.draft.publish()
            self.screen.sign(Sign.FINE, "assistant.published", path=str(self.draft.final))

    def discard(self) -> None:
        """Forget all that is not in force."""
        self.vault.discard()
        self.draft.discard()
