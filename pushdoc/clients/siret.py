"""A SIRET as people and spreadsheets write it: taken out of its separators, and what is wrong with it.

Whether an establishment of that number exists is not asked anywhere.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from pushdoc.words import Phrase

# What a spreadsheet exports once it has read the SIRET as a number: 3,56E+13 or 35600000000048.0
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+|[0-9]{8,}[.,]0+", re.IGNORECASE)
# Dots, and what keeps a spreadsheet from reading a number: '012… and ="012…"
_SEPARATORS = frozenset(".'’=\"")
_MOST_SHOWN = 5


def clean(text: str) -> str:
    """The text without blanks, dots, dashes and invisible characters, whatever else it holds.

    What a spreadsheet turned into a number keeps its point, so that people recognise it.
    """
    joined = "".join(char for char in text if not (char.isspace() or unicodedata.category(char) == "Cf"))
    if _NUMBER.fullmatch(joined):
        return joined
    return "".join(char for char in joined if not (char in _SEPARATORS or unicodedata.category(char) == "Pd"))


def fault(siret: str) -> Phrase | None:
    """What is wrong with a SIRET, or None where it can be one: 14 digits whose check digits are right.

    Source: INSEE numbers establishments by Luhn, SIREN and SIRET each; La Poste's own (SIREN 356000000, the head office
    excepted) by a sum of digits that is a multiple of five.
    """
    digits = clean(siret)
    if not digits:
        return Phrase("clients.siret_missing")
    if _NUMBER.fullmatch(digits):
        return Phrase("clients.siret_number", {"siret": digits})
    if any(char.isdigit() and not char.isascii() for char in digits):
        return Phrase("clients.siret_other_digits", {"siret": digits})
    if strange := [char for char in dict.fromkeys(digits) if not "0" <= char <= "9"]:
        return Phrase("clients.siret_not_digits", {"siret": digits, "found": strange[:_MOST_SHOWN]})
    if len(digits) != 14:
        return _wrong_length(digits)
    if digits.startswith("0" * 9):  # Luhn is content with zeros
        return Phrase("clients.siret_zeros", {"siret": digits})
    if stdnum_siret.is_valid(digits):
        return None
    if stdnum_siren.is_valid(digits[:9]):
        return Phrase("clients.siret_nic_wrong", {"siret": digits, "nic": digits[9:]})
    return Phrase("clients.siret_siren_wrong", {"siret": digits, "siren": digits[:9]})


def _wrong_length(digits: str) -> Phrase:
    match len(digits):
        case 13:
            return Phrase("clients.siret_zero_lost", {"siret": digits})
        case 9:
            return Phrase("clients.siret_is_siren", {"siret": digits})
        case count:
            return Phrase("clients.siret_length", {"siret": digits, "count": count})
