"""What is dropped before pushdoc is disturbed, and what must be true of it once the next start has done its work."""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from service.firm import KINDS
from service.firm import paper as pdf

from pushdoc.clock import SystemClock
from pushdoc.filing import mark_name
from pushdoc.ledger import Ledger, faults
from pushdoc.marks import MARK_SUFFIX
from pushdoc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from service.firm import Firm

    from pushdoc.document import Document
    from pushdoc.sandbox import Sandbox

#: What pushdoc keeps in the clients' root for good.
_ITS_OWN = {".pushdoc-owner"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One file that lay in a drop folder."""

    path: Path
    sha256: str
    dossier: int
    refused: bool = False


@dataclass
class Scene:
    """A firm's papers, all complete before pushdoc starts; `traits` are peculiarities of the disk, told to the shim."""

    name: str
    traits: Mapping[str, str] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    filed_before: dict[Path, str] = field(default_factory=dict)

    def drop(self, firm: Firm, name: str, content: bytes, kind: str = "Achats", client: int = 0) -> Path:
        """Put a paper in a drop folder."""
        file = firm.drop(name, content, firm.names[client], kind)
        dossier = firm.dossiers[firm.names[client]]
        refused = file.suffix == ".docx"
        self.papers.append(Paper(file, hashlib.sha256(content).hexdigest(), dossier, refused))
        return file

    @property
    def exit_code(self) -> int:
        """How a pass over these papers ends when it has done its work."""
        return int(any(paper.refused for paper in self.papers))

    @property
    def wanted(self) -> Counter[tuple[int, str]]:
        """What the destination should have: each content once for each dossier."""
        return Counter({(paper.dossier, paper.sha256) for paper in self.papers if not paper.refused})


def one(firm: Firm, traits: Mapping[str, str]) -> Scene:
    """One document of about 200 kB."""
    scene = Scene("one", traits)
    scene.drop(firm, "facture.pdf", random.Random(3).randbytes(200_000))  # noqa: S311 -- any bytes, the same each time
    return scene


def batch(firm: Firm, traits: Mapping[str, str]) -> Scene:
    """A few of each sort, of two clients: uploads, expenses, a refused one, a duplicate, a name that is taken."""
    scene = Scene("batch", traits)
    scene.drop(firm, "achat.pdf", pdf("achat"))
    scene.drop(firm, "achat, encore.pdf", pdf("achat"))
    scene.drop(firm, "vente.pdf", pdf("vente"), kind="Ventes")
    scene.drop(firm, "taxi.pdf", pdf("taxi"), kind="Frais")
    scene.drop(firm, "lettre.docx", b"PK, a letter")
    replacing = scene.drop(firm, "facture.pdf", pdf("a second one of that name"))
    scene.drop(firm, "facture.pdf", pdf("somebody else's"), client=1)
    filed = replacing.parent / "Transmis" / "facture.pdf"
    filed.parent.mkdir()
    filed.write_bytes(pdf("a first one of that name"))
    scene.filed_before[filed] = _sha256(filed)
    return scene


_TRAITS: dict[str, Mapping[str, str]] = {
    "one": {},
    "batch": {},
    "apart": {"KILLPOINT_CROSS": "18"},  # EXDEV: the archive is on another disk
    "linkless": {"KILLPOINT_LINKS": "1"},  # EPERM: FAT, and some shares
}
NAMES = tuple(_TRAITS)


def prepare(name: str, firm: Firm, url: str) -> Scene:
    """The papers of a scene, dropped in a firm whose rules are quick."""
    firm.write_rules(
        url,
        ('first = "1s"', 'first = "1s"\nasking = ["100ms", "200ms"]'),
        ('settle = "300ms"', 'settle = "100ms"'),
        kinds=KINDS if name == "batch" else {"Achats": KINDS["Achats"]},
    )
    if name != "one":
        firm.ledger.parent.mkdir(mode=0o750)
        firm.ledger.write_bytes(_new_ledger())
    return (batch if name == "batch" else one)(firm, _TRAITS[name])


@cache
def _new_ledger() -> bytes:
    """A ledger in which nothing is written yet; how one is made is disturbed in the scene `one`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pushdoc.db"
        Ledger.open(path, SystemClock()).close()
        return path.read_bytes()


def lost(scene: Scene, firm: Firm) -> list[str]:
    """Which papers' bytes stand nowhere beneath the clients' root, at whatever instant this is asked."""
    standing = {_sha256(file) for file in _files(firm.root)}
    named = [(paper.path, paper.sha256) for paper in scene.papers] + list(scene.filed_before.items())
    return [f"lost: {path.relative_to(firm.root)}" for path, sha256 in named if sha256 not in standing]


@dataclass
class Verdict:
    """What is wrong after the next start; `reported`: contents that arrived twice, and the ledger says so."""

    wrong: list[str] = field(default_factory=list)
    reported: int = 0


def judge(scene: Scene, firm: Firm, inqom: Sandbox) -> Verdict:
    """Whether nothing is lost, everything was sent once or reported, and nothing is left lying about."""
    documents = firm.documents()
    verdict = Verdict(lost(scene, firm))
    verdict.wrong += _folders(scene, firm)
    verdict.wrong += _ledger(scene, firm, documents)
    arrived = Counter((received.folder, received.sha256) for received in inqom.received())
    verdict.wrong += [f"never sent: {sha256[:8]}" for _, sha256 in scene.wanted - arrived]
    verdict.wrong += [f"sent, but nobody's paper: {what}" for what in arrived.keys() - scene.wanted.keys()]
    for dossier, sha256 in arrived - scene.wanted:
        if any(one.digest.sha256 == sha256 and one.dossier == str(dossier) and one.twin for one in documents):
            verdict.reported += 1
        else:
            verdict.wrong.append(f"sent twice, unreported: {sha256[:8]}")
    return verdict


def _folders(scene: Scene, firm: Firm) -> Iterator[str]:
    """What does not lie where it should, or lies there without reason."""
    standing = {file: _sha256(file) for file in _files(firm.root)}
    yield from _beside_the_papers(scene, standing)
    for filed, sha256 in scene.filed_before.items():
        if standing.get(filed) != sha256:
            yield f"overwritten: {filed.name}"
    for paper in scene.papers:
        if (standing.get(paper.path) == paper.sha256) is not paper.refused:
            yield f"{'not' if paper.refused else 'still'} in the drop folder: {paper.path.name}"
    expected = Counter([*scene.filed_before.values(), *(paper.sha256 for paper in scene.papers)])
    papers = {file: sha256 for file, sha256 in standing.items() if not _is_ours(file)}
    found = Counter(papers.values())
    for sha256 in found.keys() | expected.keys():
        if found[sha256] != expected[sha256]:
            names = [file.name for file in papers if papers[file] == sha256]
            yield f"{expected[sha256]} of a content were dropped, {found[sha256]} stand: {names}"


def _beside_the_papers(scene: Scene, standing: Mapping[Path, str]) -> Iterator[str]:
    """Which marks are missing or too many, and what hidden files are left."""
    marks = {paper.path.with_name(mark_name(paper.path.name)) for paper in scene.papers if paper.refused}
    yield from (f"no mark: {mark.name}" for mark in marks - standing.keys())
    for file in filter(_is_ours, standing.keys() - marks):
        if file.name not in _ITS_OWN:
            yield f"left over: {file.name}"


def _is_ours(file: Path) -> bool:
    """Whether it is pushdoc's own, a mark or a hidden file, and no paper."""
    return file.name.endswith(MARK_SUFFIX) or file.name.startswith(".")


def _ledger(scene: Scene, firm: Firm, documents: list[Document]) -> Iterator[str]:
    """What the ledger has wrong."""
    yield from (f"ledger: {fault}" for fault in faults(firm.ledger))
    for paper in scene.papers:
        known = [document for document in documents if document.path == paper.path]
        if len(known) != 1:
            yield f"{len(known)} documents of {paper.path.name}: {[document.state.value for document in known]}"
        for document in known:
            if document.state is not (State.NON_TRANSMIS if paper.refused else State.ARCHIVED):
                yield f"{paper.path.name} ends {document.state.value}"
            filed = document.archive_path
            if document.state is State.ARCHIVED and not (filed and filed.exists() and _sha256(filed) == paper.sha256):
                yield f"{paper.path.name} is not at {filed and filed.name}"
    for document in documents:
        if document.path not in {paper.path for paper in scene.papers}:
            yield f"entered, but nobody's paper: {document.path.name}"


def _files(root: Path) -> list[Path]:
    return [file for file in root.rglob("*") if file.is_file()]


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
