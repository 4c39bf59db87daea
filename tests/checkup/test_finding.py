from __future__ import annotations

from pushdoc.checkup.finding import Group, Section, exit_code, fault, fine, warning
from pushdoc.errors import ExitCode
from pushdoc.words import Phrase

FINE, FAULT = Phrase("check.no_mail"), Phrase("post.silent", {"server": "a:587"})


def test_those_that_differ_in_their_names_only_are_one_kind_and_what_is_fine_stands_alone() -> None:
    first, second, other = fault(FAULT, name="a"), fault(FAULT, name="b"), warning(FAULT, "c")
    one, two = fine(FINE), fine(FINE)

    section = Section(Group.MAIL, (one, first, two, other, second))

    assert section.kinds() == [[one], [first, second], [two], [other]]


def test_a_wrong_configuration_goes_before_what_cannot_be_reached_and_that_before_all_else() -> None:
    wrong, away, person = (
        Section(Group.MAIL, (fine(FINE), fault(FAULT, code)))
        for code in (ExitCode.WRONG_CONFIGURATION, ExitCode.UNREACHABLE, ExitCode.NEEDS_A_PERSON)
    )

    assert exit_code([person, wrong, away]) is ExitCode.WRONG_CONFIGURATION
    assert exit_code([person, away]) is ExitCode.UNREACHABLE
    assert exit_code([person]) is ExitCode.NEEDS_A_PERSON
    assert exit_code([Section(Group.MAIL, (fine(FINE), warning(FAULT)))]) is ExitCode.FINE
    assert exit_code([]) is ExitCode.FINE
