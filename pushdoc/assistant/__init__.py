"""`pushdoc init`: the assistant of four steps (clients, connection, mapping, paths) that the connector's users know.

Asking is thin and deciding is pure: what is proposed, what a search finds and what a line means are values. A person
answers at a terminal, a script by options, on one way (`question.Answers`). Nothing here sends a document.
"""

from pushdoc.assistant.draft import Draft
from pushdoc.assistant.given import Given, option, rule_of
from pushdoc.assistant.question import Answers
from pushdoc.assistant.screen import Screen
from pushdoc.assistant.secrets import SYSTEM, Vault
from pushdoc.assistant.setup import Setup
from pushdoc.assistant.steps import assist, lacking
from pushdoc.assistant.terminal import Terminal, stands_before

__all__ = [
    "SYSTEM",
    "Answers",
    "Draft",
    "Given",
    "Screen",
    "Setup",
    "Terminal",
    "Vault",
    "assist",
    "lacking",
    "option",
    "rule_of",
    "stands_before",
]
