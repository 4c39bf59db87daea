"""What was kept back goes by itself once its cause is over and says why; what may have arrived never does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fakes import ScriptedDestination, delayed, doubtful, refused
from formats.samples import pdf_locked
from journeys.firm import DOSSIERS, GARAGE, MARTIN, NOVEMBER, PURCHASES, client_text
from nobody import without_rights

from pushdoc.deliver.destination import Delayed, Scope
from pushdoc.demo import papers
from pushdoc.journey import decisions
from pushdoc.original import identity_of
from pushdoc.states import State
from pushdoc.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from journeys.firm import Firm

    from pushdoc.deliver.destination import Outcome, Parcel

AWAY = Delayed(Phrase("inqom.failed", {"status": 503}))
STRICT = PURCHASES + 'encrypted = "refuse"\nbroken = "refuse"\nmismatch = "refuse"\nmax_size = "10KB"\n'
LARGE = b"%PDF-1.7\n" + b"x" * 20_000 + b"\n%%EOF\n"
SHEETS = PURCHASES.replace('"Achats"', '"Tableaux"') + 'accept = ["*.ods"]\n'


def why(firm: Firm, number: int) -> list[str]:
    """The reasons in a document's history, in order."""
    return [line.reason.code for line in firm.history.life(number) if line.reason is not None]


# --- the file itself


def test_one_that_is_moved_to_another_clients_folder_goes_from_there(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(refused())
    path = firm.drop("facture.pdf")
    firm.work()
    there = firm.drop("other.pdf", client=GARAGE).with_name("facture.pdf")
    path.rename(there)
    firm.work()

    assert (firm.states[0], firm.reason(1)) == (State.WITHDRAWN, "journey.gone")
    assert [arrival.client for arrival in destination.arrived] == [GARAGE, GARAGE]
    assert not firm.marked(path)


def test_one_that_a_person_puts_into_the_archive_is_told_as_that_and_never_sent(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(refused())
    path = firm.drop("facture.pdf")
    firm.work()
    archive = path.parent / "Transmis"
    archive.mkdir()
    path.rename(archive / path.name)
    firm.work()

    assert firm.states == [State.WITHDRAWN]
    assert firm.reason(1) == "journey.archived_by_hand"
    assert set(firm.files()) == {f"{NOVEMBER}/Transmis/facture.pdf"}
    assert destination.arrived == []


# --- its rule


@pytest.mark.parametrize(
    ("name", "content", "was", "now", "code"),
    [
        ("grand.pdf", LARGE, 'max_size = "10KB"', 'max_size = "30KB"', "journey.too_large"),
        ("relevé.pdf", pdf_locked("sesame"), 'encrypted = "refuse"', 'encrypted = "send"', "formats.pdf_locked"),
        ("coupé.pdf", papers.pdf(["1"])[:200], 'broken = "refuse"', 'broken = "send"', "formats.pdf_cut"),
        ("photo.pdf", papers.jpeg("a photo"), 'mismatch = "refuse"', 'mismatch = "send"', "formats.other_kind"),
    ],
)
def test_what_a_mended_rule_takes_goes_and_says_so(
    found: Callable[..., Firm],
    destination: ScriptedDestination,
    name: str,
    content: bytes,
    was: str,
    now: str,
    code: str,
) -> None:
    firm = found(rules_text=STRICT)
    path = firm.drop(name, content)
    firm.work(hours=0.1)
    assert (firm.states, why(firm, 1)) == ([State.NON_TRANSMIS], [code])

    firm.restart(STRICT.replace(was, now))
    firm.work()

    assert (firm.states, destination.contents) == ([State.ARCHIVED], [content])
    assert why(firm, 1) == [code, "healing.rule"]
    assert not firm.marked(path)


def test_what_two_keys_refuse_stays_until_both_allow_it(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=STRICT)
    firm.drop("photo.pdf", papers.jpeg("a photo") + b"x" * 20_000)
    firm.work(hours=0.1)
    assert firm.reason(1) == "journey.too_large"
    larger = STRICT.replace('max_size = "10KB"', 'max_size = "1MB"')
    firm.restart(larger)
    firm.work(hours=0.1)
    assert (firm.states, destination.attempts) == ([State.NON_TRANSMIS], [])
    assert firm.reason(1) == "formats.other_kind"

    allowed = larger.replace('mismatch = "refuse"', 'mismatch = "send"').replace('broken = "refuse"', 'broken = "send"')
    firm.restart(allowed)
    firm.work()
    assert firm.states == [State.ARCHIVED]


def test_a_limit_that_is_still_too_low_is_named_as_it_is_now(found: Callable[..., Firm]) -> None:
    firm = found(rules_text=STRICT)
    path = firm.drop("grand.pdf", LARGE)
    firm.work()
    since = firm.one.since
    firm.restart(STRICT.replace("10KB", "15KB"))
    firm.work(hours=0.1)

    assert (firm.states, firm.one.since) == ([State.NON_TRANSMIS], since)
    assert firm.one.reason == Phrase("journey.too_large", {"size": len(LARGE), "limit": 15_000})
    mark = path.with_name("grand.pdf.NON-TRANSMIS.txt").read_text("utf-8-sig")
    assert "15\u00a0ko" in mark


@pytest.mark.parametrize("how", ["accept", "another rule"])
def test_what_is_accepted_by_now_goes_by_the_rule_that_accepts_it(
    found: Callable[..., Firm], destination: ScriptedDestination, how: str
) -> None:
    firm = found()
    firm.drop("tableau.ods", b"PK\x05\x06" + b"\0" * 18)
    firm.work()
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "rules.not_accepted")

    firm.restart(PURCHASES + ('accept = ["*.pdf", "*.ods"]\n' if how == "accept" else SHEETS))
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert firm.one.rule == ("Achats" if how == "accept" else "Tableaux")
    assert len(destination.arrived) == 1


def test_what_no_rule_takes_any_better_is_left_alone_and_nothing_is_written(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=STRICT)
    firm.drop("relevé.pdf", pdf_locked("sesame"))
    firm.drop("tableau.ods", b"PK\x05\x06" + b"\0" * 18)
    firm.work(hours=0.1)
    before = [firm.history.life(document.id) for document in firm.documents]
    firm.restart()
    firm.work(hours=0.1)

    assert [firm.history.life(document.id) for document in firm.documents] == before
    assert destination.attempts == []


def test_what_the_destination_itself_refused_is_not_tried_again_at_each_start(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.next(refused("inqom.refused"))
    firm.drop("facture.pdf")
    firm.work()
    for _ in range(3):
        firm.restart()
        firm.work(hours=0.1)

    assert (firm.states, len(destination.attempts)) == ([State.NON_TRANSMIS], 1)


# --- the disk


@pytest.mark.parametrize("left_for_h", [1, 54], ids=["waiting", "given up"])
@pytest.mark.parametrize("what", ["file", "archive", "drop folder"])
def test_when_rights_are_given_it_goes_with_the_next_round(
    firm: Firm, destination: ScriptedDestination, what: str, left_for_h: int
) -> None:
    path = firm.drop("facture.pdf")
    archive = path.parent / "Transmis"
    archive.mkdir()
    firm.look()
    barred = {"file": path, "archive": archive, "drop folder": path.parent}[what]
    with without_rights(firm.folder):
        barred.chmod(0o555 if barred.is_dir() else 0o000)
        firm.work(hours=left_for_h, step_s=600)
        assert firm.states == [State.WAITING if left_for_h == 1 else State.NON_TRANSMIS]
        tries = firm.one.attempts

        barred.chmod(0o700)
        firm.work()

        assert firm.states == [State.ARCHIVED]
        assert tries > 1
        assert len(destination.arrived) == 1
        if left_for_h == 1:
            assert "mended" in firm.events(1)
            assert firm.one.attempts == tries + 1
        else:
            assert why(firm, 1)[-1] == "healing.disk"


def test_an_archive_that_a_link_stands_for_lets_nothing_go_until_it_is_gone(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("facture.pdf")
    (path.parent / "Transmis").symlink_to(firm.folder)
    firm.work(hours=54, step_s=600)
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "filing.link_in_the_way")
    before = firm.history.life(1)
    firm.work(hours=10, step_s=600)
    assert firm.history.life(1) == before

    (path.parent / "Transmis").unlink()
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert len(destination.arrived) == 1


# --- its dossier


def test_when_the_siret_is_corrected_a_refused_one_goes_to_the_other_dossier(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found()
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.dossier_unknown", once=True)] * 2)
    firm.drop("facture.pdf")
    firm.work(hours=0.1)
    assert (firm.states, firm.reason(1)) == ([State.NON_TRANSMIS], "inqom.dossier_unknown")
    firm.restart()
    firm.work(hours=2, step_s=300)
    assert len(destination.attempts) == 2

    corrected = DOSSIERS[1].siret
    text = client_text(MARTIN).replace(DOSSIERS[0].siret, corrected)
    firm.restart(clients_text=text)
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED]
    assert (destination.arrived[0].dossier, firm.one.siret) == (DOSSIERS[1].id, corrected)
    assert "healing.other_dossier" in why(firm, 1)


def test_when_the_siret_is_corrected_one_that_waited_goes(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    wrong = client_text(MARTIN).replace(DOSSIERS[0].siret, "73282932000074")
    firm = found(clients_text=wrong)
    firm.drop("facture.pdf")
    firm.work(hours=60, step_s=3600)
    assert firm.states == [State.WAITING]

    firm.restart(clients_text=client_text(MARTIN))
    firm.work()

    assert firm.states == [State.ARCHIVED]
    assert firm.one.siret == DOSSIERS[0].siret


def test_when_the_dossier_is_made_meanwhile_it_goes_within_the_hour(
    firm: Firm, destination: ScriptedDestination
) -> None:
    destination.dossiers_kept = DOSSIERS[1:]
    firm.restart()
    firm.drop("facture.pdf")
    firm.work(hours=60, step_s=3600)
    assert firm.states == [State.WAITING]

    destination.dossiers_kept = DOSSIERS
    firm.work(hours=1, step_s=300)

    assert firm.states == [State.ARCHIVED]


@pytest.mark.parametrize("given_up", [False, True], ids=["waiting", "given up"])
def test_when_a_dossier_takes_another_document_those_that_it_refused_go_too(
    firm: Firm, destination: ScriptedDestination, *, given_up: bool
) -> None:
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.forbidden")] * 100)
    firm.drop("facture.pdf")
    firm.work(hours=54 if given_up else 20, step_s=600)
    assert firm.states == [State.NON_TRANSMIS if given_up else State.WAITING]

    destination.script.clear()  # its rights were mended at Inqom
    firm.work(hours=0.01)
    assert len(firm.states) == 1
    firm.drop("suivante.pdf")
    firm.work(hours=0.1)

    assert firm.states == [State.ARCHIVED, State.ARCHIVED]


class Picky(ScriptedDestination):
    """A service that takes everything but one name, which it puts down to the dossier."""

    def send(self, parcel: Parcel) -> Outcome:
        if parcel.name == "facture.pdf":
            self.attempts.append(parcel.name)
            return Delayed(Phrase("inqom.forbidden"), Scope.DOSSIER)
        return super().send(parcel)


@pytest.fixture
def picky(firm: Firm) -> Picky:
    firm.destination = Picky(list(DOSSIERS), firm.clock)
    firm.restart()
    return firm.destination


def test_one_that_its_dossier_refuses_while_it_takes_others_is_given_one_more_chance_and_no_more(
    firm: Firm, picky: Picky
) -> None:
    firm.drop("facture.pdf")
    for hour in range(24 * 8):
        if hour % 6 == 0:
            firm.drop(f"{hour}.pdf")
        firm.work()
        firm.clock.push(3600)

    assert firm.states[0] is State.NON_TRANSMIS
    assert why(firm, 1).count("healing.dossier_back") == 1
    assert len(picky.arrived) == 32


def test_what_failed_again_when_it_was_hurried_waits_as_long_as_any(firm: Firm, picky: Picky) -> None:
    firm.drop("facture.pdf")
    firm.work(hours=5, step_s=600)
    tried = picky.attempts.count("facture.pdf")
    for number in range(20):  # its dossier takes others all the while
        firm.drop(f"{number}.pdf")
        firm.work(hours=0.05)

    assert len(picky.arrived) == 20
    assert picky.attempts.count("facture.pdf") <= tried + 2


def test_what_has_no_rule_any_more_stays_though_its_disk_is_mended(
    firm: Firm, destination: ScriptedDestination
) -> None:
    path = firm.drop("facture.pdf")
    (path.parent / "Transmis").symlink_to(firm.folder)
    firm.work(hours=54, step_s=600)
    assert firm.states == [State.NON_TRANSMIS]
    (path.parent / "Transmis").unlink()
    firm.restart(PURCHASES.replace("Achats", "Ventes"))
    firm.work(hours=1, step_s=600)
    assert (firm.states, destination.attempts) == ([State.NON_TRANSMIS], [])
    assert "retried" not in firm.events(1)

    firm.restart(PURCHASES)
    firm.work()
    assert firm.states == [State.ARCHIVED]


def test_what_a_dossier_took_before_says_nothing_of_now(firm: Firm, destination: ScriptedDestination) -> None:
    firm.drop("première.pdf")
    firm.work()
    destination.next(*[delayed(Scope.DOSSIER, code="inqom.forbidden")] * 100)
    firm.drop("facture.pdf")
    firm.work(hours=20, step_s=600)
    assert "mended" not in firm.events(2)
    firm.work(hours=34, step_s=600)
    attempts = len(destination.attempts)
    firm.work(hours=5, step_s=600)

    assert (firm.states[1], len(destination.attempts)) == (State.NON_TRANSMIS, attempts)


# --- what may be there already


def test_what_perhaps_arrived_never_goes_by_itself(firm: Firm, destination: ScriptedDestination) -> None:
    destination.next(doubtful(arrived=False))
    path = firm.drop("facture.pdf")
    firm.look()
    firm.send()
    destination.trouble = AWAY
    firm.work(hours=54, step_s=600)
    destination.trouble = None
    assert (firm.states, firm.one.unknowable) == ([State.NON_TRANSMIS], True)

    moved = [replace(DOSSIERS[0], id="700999"), DOSSIERS[1]]
    destination.dossiers_kept = moved
    firm.restart(PURCHASES + 'max_size = "100MB"\n')
    firm.drop("suivante.pdf")
    firm.work(hours=3, step_s=600)

    assert firm.states == [State.NON_TRANSMIS, State.ARCHIVED]
    assert len(destination.attempts) == 2
    assert firm.marked(path)


def copied_while_nobody_knows(firm: Firm, destination: ScriptedDestination, *, arrived: bool) -> None:
    """The first document may have arrived, and nobody could say for long; the second one has its bytes."""
    destination.next(doubtful(arrived=arrived))
    firm.drop("facture.pdf", b"%PDF")
    firm.look()
    firm.send()
    destination.trouble = AWAY
    firm.work(hours=54, step_s=600)
    destination.trouble = None
    firm.drop("copie.pdf", b"%PDF")
    firm.work(hours=1, step_s=300)


@pytest.mark.parametrize("decided", ["found there", "sent by force", "set aside"])
def test_the_same_bytes_as_one_of_which_nobody_knew_go_their_way_once_that_is_known(
    firm: Firm, destination: ScriptedDestination, decided: str
) -> None:
    copied_while_nobody_knows(firm, destination, arrived=decided == "found there")
    assert (firm.states, firm.reason(2)) == ([State.NON_TRANSMIS] * 2, "ledger.twin_unknowable")

    one = firm.ledger.get(1)
    if decided == "set aside":
        decisions.acknowledge(firm.ledger, one, "it is there")
    else:
        decisions.retry(firm.ledger, one, firm.clock, force=decided == "sent by force")
    firm.work(hours=1, step_s=60)

    copy = firm.ledger.get(2)
    assert firm.events(2).count("retried") == (0 if decided == "set aside" else 1)
    assert len(destination.arrived) == (0 if decided == "set aside" else 1)
    if decided == "set aside":
        assert copy.state is State.NON_TRANSMIS
    else:
        assert (copy.state, copy.duplicate_of) == (State.ARCHIVED, 1)


def test_the_same_bytes_wait_until_the_one_that_is_sent_anew_has_arrived(
    firm: Firm, destination: ScriptedDestination
) -> None:
    copied_while_nobody_knows(firm, destination, arrived=False)

    destination.dossiers_kept = []
    firm.restart()
    decisions.retry(firm.ledger, firm.ledger.get(1), firm.clock, force=True)
    firm.work(hours=0.5)

    assert firm.states == [State.WAITING, State.NON_TRANSMIS]


def test_what_a_person_has_set_aside_stays_so_whatever_is_mended(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=STRICT)
    firm.drop("relevé.pdf", pdf_locked("sesame"))
    firm.work(hours=0.1)
    decisions.acknowledge(firm.ledger, firm.one, "by post")
    firm.restart(PURCHASES)
    firm.work(hours=0.1)

    assert (firm.states, destination.attempts) == ([State.ACKNOWLEDGED], [])


# --- what is not touched


def test_what_is_replaced_while_its_rule_is_mended_goes_as_what_it_is_now(
    found: Callable[..., Firm], destination: ScriptedDestination
) -> None:
    firm = found(rules_text=STRICT)
    path = firm.drop("relevé.pdf", pdf_locked("sesame"))
    firm.work(hours=0.1)
    before = identity_of(path.stat())
    aside: Path = firm.folder / "aside"
    aside.write_bytes(papers.pdf(["mended"]))
    aside.rename(path)
    assert identity_of(path.stat()) != before
    firm.restart(PURCHASES)
    firm.work()

    assert firm.states == [State.WITHDRAWN, State.ARCHIVED]
    assert destination.contents == [papers.pdf(["mended"])]
