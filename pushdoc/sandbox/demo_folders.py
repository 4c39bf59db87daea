"""The folders that the sandbox holds unless told otherwise: every kind of mapping that a firm meets.

All names are invented; so are the SIRETs, which have correct check digits.
"""

from __future__ import annotations

from dataclasses import replace

from pushdoc.sandbox.folders import CABINET, Company, Folder

_SME, _OTHER_FIRM = 9002, 9003

DEMO_COMPANIES = (
    Company(CABINET, "CABINET DEMO"),
    Company(_SME, "MENUISERIE ROUSSEAU", access="Pme"),
    Company(_OTHER_FIRM, "CABINET CONFRÈRE", access="None"),
)

_TWIN = Folder.of(700108, "TRANSPORTS OLIVIER", "810002204 00016")
_MOVED = Folder.of(700113, "LIBRAIRIE DES ARCADES", "810003400 00027")

DEMO_FOLDERS = (
    Folder.of(700101, "BOULANGERIE MARTIN", "810000109 00019"),
    Folder.of(700102, "GARAGE LEFÈVRE", "810000406 00019"),
    Folder.of(700103, "PHARMACIE DU PARC", "810000703 00027"),
    Folder.of(700104, "SCI LES TILLEULS", "810001008 00012"),
    # Two establishments of one business.
    Folder.of(700105, "CAFÉ DE LA GARE", "810001305 00012"),
    Folder.of(700106, "CAFÉ DE LA GARE - ANNEXE", "810001305 00020"),
    # One SIRET in two active folders: ambiguous.
    _TWIN,
    replace(_TWIN, id=700109, name="TRANSPORTS OLIVIER (ESSAI)"),
    # Nic empty, Nic absent, nothing at all, and one typed wrong by hand.
    Folder(700107, "SALON ÉLÉGANCE", siren="810001602", nic=""),
    Folder(700110, "FLEURS D'AUBÉPINE", siren="810002501"),
    Folder(700111, "ASSOCIATION DU LAVOIR"),
    Folder(700112, "PLOMBERIE GIRARD", siren="81000280", nic="00014"),
    # Closed ones; the library was archived and taken up again in a new folder.
    replace(_MOVED, id=700090, status="Archived"),
    _MOVED,
    replace(Folder.of(700114, "AUBERGE DU LAC", "810003103 00019"), status="Closing"),
    replace(Folder.of(700115, "IMPRIMERIE COLLET", "810003707 00017"), status="Archived"),
    # Seen in the list, but without a right to it.
    replace(Folder.of(700116, "CLINIQUE SAINTE-ANNE", "810004002 00012"), allowed=False),
    replace(Folder.of(700201, "MENUISERIE ROUSSEAU", "810004309 00011"), company=_SME),
    replace(Folder.of(700301, "OPTIQUE BERNARD", "810001909 00011"), company=_OTHER_FIRM, direct=True),
)
