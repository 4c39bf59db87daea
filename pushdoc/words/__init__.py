"""What pushdoc says to people: phrases by code, in French and English, with each language's typography.

A `Phrase` has not chosen its language yet: the ledger keeps it, and whoever shows it says in which language. The
texts stand in one module a room (`words/clients.py` …), both languages side by side. Log lines are not here: they are
English and for operators.
"""

from pushdoc.words.phrase import LANGUAGES, Phrase, advice, say
from pushdoc.words.typeset import Language, duration, moment, size, visible

__all__ = ["LANGUAGES", "Language", "Phrase", "advice", "duration", "moment", "say", "size", "visible"]
