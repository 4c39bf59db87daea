"""What is watched and where it goes: the rules file, read, checked, and asked.

`find` and `load` give the `Rules`; `routes` says what to watch today, `where` which rule takes a path; `resolve` turns
a reference into its secret; `edit.RulesFile` changes the file itself. The room knows no destination: their settings'
classes come in.
"""

from pushdoc.rules.done import DoneName, folded
from pushdoc.rules.load import find, load
from pushdoc.rules.match import Route, Takers, Verdict, accepts, covering, routes, takers, where, within
from pushdoc.rules.model import Collaborator, ListedClient, Mail, Rule, Rules
from pushdoc.rules.secrets import resolve
from pushdoc.rules.template import Found, Template, complete, nfc

__all__ = [
    "Collaborator",
    "DoneName",
    "Found",
    "ListedClient",
    "Mail",
    "Route",
    "Rule",
    "Rules",
    "Takers",
    "Template",
    "Verdict",
    "accepts",
    "complete",
    "covering",
    "find",
    "folded",
    "load",
    "nfc",
    "resolve",
    "routes",
    "takers",
    "where",
    "within",
]
