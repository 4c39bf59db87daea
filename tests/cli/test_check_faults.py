"""A set-up with many faults of different kinds: each is found, and each has its remedy."""

from __future__ import annotations

import json
import os
import pwd
import socket
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from postbox import Postbox
from service.firm import CLIENT_SECRET, Firm

from pushdoc import checkup
from pushdoc.journey.owner import OWNER_FILE
from pushdoc.sandbox import Folder
from pushdoc.service import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cli.conftest import Answer

    from pushdoc.sandbox import Sandbox

NOBODY = pwd.getpwuid(65534)
#: What is planted, in the words by which it is told, and a piece of the remedy beside it.
PLANTED = [
    ("tout le monde peut changer", "chmod o-w"),
    ("dossiers.csv:11", ""),
    ("aucun client ne s’appelle « Client 00l »", "Écrivez « Client 00"),
    ("[[collaborator]] Claire", "« pushdoc map »"),
    ("ouvert.client_secret : ", "chmod 600"),
    ("retirer un document de « {root}/Client 001/Achats/{month} »", "setfacl -R -m u:nobody:rwX"),
    ("droit de lire « {root}/Client 002/Achats/{month} »", "setfacl -R -m u:nobody:rwX"),
    ("« {root}/Client 003/Achats/{month}/Transmis »", "setfacl -R -m u:nobody:rwX"),
    ("lien ou un fichier se trouve à la place d’un dossier : {root}/Client 004", "vrai dossier"),
    ("(sticky bit)", "chmod -t '{root}/Client 005/Achats/{month}'"),
    ("est un dossier de dépôt", "hors des dossiers des clients"),
    ("un autre registre : /old/pushdoc.db", "pushdoc reconcile"),
    ("autre : « 127.0.0.1:", "pare-feu"),
    ("Client 006 : ", "SIRET"),
    ("Client 007 : ", ""),
    ("Client 008 : ", ""),
    ("ne propose pas STARTTLS", "port = 465"),
]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    postbox = Postbox(account=("pushdoc", "sesame-mail"))
    yield postbox
    postbox.close()


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """A firm of nine clients."""
    (tmp_path / "firm").mkdir()
    firm = Firm(tmp_path / "firm", clients=9)
    yield firm
    firm.end()
    assert firm.leaks() == []


def plant(firm: Firm, inqom: Sandbox, postbox: Postbox) -> None:
    """Everything that can be wrong at once."""
    # The rules and what they name.
    firm.write_rules(inqom.url, ('name = "Ventes"', 'name = "Ventes"\nclients = ["Client 00l"]'))
    text = firm.rules.read_text()
    second = text.partition("[destination.inqom]")[2].partition("[watch]")[0]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        away = f"http://127.0.0.1:{taken.getsockname()[1]}"
    depot = f'[destination.depot]\ntype = "folder"\npath = "{firm.folder(firm.names[8])}"\n\n'
    more = f"[destination.autre]{second.replace(inqom.url, away)}"
    more += f"[destination.ouvert]{second.replace('secrets/client-secret', 'secrets/open')}" + depot
    text = text.replace("[watch]", f"{more}[watch]").replace("[[rule]]", '[[rule]]\ndestination = "inqom"')
    mail = f'[mail]\nhost = "127.0.0.1"\nport = {postbox.port}\nusername = "pushdoc"\npassword = "file:secrets/mail"\n'
    person = '[[collaborator]]\nname = "Claire"\nemail = "claire@cabinet.example"\nclients = ["Garage"]\n'
    firm.rules.write_text(f'{text}\n{mail}sender = "pushdoc@cabinet.example"\n{person}')
    firm.keep_secret("mail", "sesame-mail")
    firm.keep_secret("open", CLIENT_SECRET, mode=0o644)
    # The table, and who has which dossier.
    table = firm.home / "dossiers.csv"
    one, two, three = (firm.sirets[name] for name in firm.names[5:8])
    swapped = one[1] + one[0] + one[2:]
    table.write_text(table.read_text().replace(one, swapped).replace(two, "73282932000074") + ";123\n")
    inqom.add_folder(Folder(700_108, "CLIENT 008", siren=three[:9], nic=three[9:], status="Archived"))
    # The folders.
    (firm.root / OWNER_FILE).write_text(
        json.dumps({"ledger": "x", "path": "/old/pushdoc.db", "host": "nas", "events": 0})
    )
    for name in firm.names:
        firm.folder(name)
    (firm.folder(firm.names[2]) / "Transmis").mkdir()
    (firm.root / firm.names[3]).rename(firm.home / "elsewhere")
    (firm.root / firm.names[3]).symlink_to(firm.home / "elsewhere")
    for path in (firm.home, *firm.home.rglob("*")):
        os.chown(path, NOBODY.pw_uid, NOBODY.pw_gid, follow_symlinks=False)
    for above in firm.home.parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(0o711)
    firm.rules.chmod(0o666)
    firm.folder(firm.names[0]).chmod(0o555)
    firm.folder(firm.names[1]).chmod(0o311)
    (firm.folder(firm.names[2]) / "Transmis").chmod(0o555)
    os.chown(firm.folder(firm.names[4]), 0, 0)
    firm.folder(firm.names[4]).chmod(0o1777)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root sees what another account cannot do")
def test_every_fault_is_found_and_has_its_remedy(
    firm: Firm,
    inqom: Sandbox,
    postbox: Postbox,
    pushdoc: Callable[..., Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "pushdoc.service").write_text(f"[Service]\nUser={NOBODY.pw_name}\n")
    monkeypatch.setattr(checkup, "_PLACES", Places(units=tmp_path))
    plant(firm, inqom, postbox)
    told = pushdoc("check")

    assert told.code == 78
    faults = {
        line: beneath if beneath.startswith("    → ") else ""
        for line, beneath in pairwise(told.lines)
        if line.startswith("✗ ")
    }
    month = f"{firm.period.year}/{firm.period.month:02}"
    left = dict(faults)
    for planted in PLANTED:
        words, remedy = (text.format(root=firm.root, month=month) for text in planted)
        found = [line for line in left if words in line.replace("\u00a0", " ")]
        assert len(found) == 1, (words, told.out)
        assert remedy in left.pop(found[0]).replace("\u00a0", " "), words
    assert left == {}
    assert all(faults.values()), [line for line, remedy in faults.items() if not remedy]
