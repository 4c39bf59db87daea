"""`pushdoc check`: everything that must be right, by groups, a line each, with what to do beside each fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pushdoc.cli.frame import Frame, pass_frame, print_json, text
from pushdoc.errors import ProblemsError
from pushdoc.words import advice, say, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from pushdoc.checkup import Finding, Section

#: Of so many that are alike, each has its own line; of more the first one, and the names of some others.
_IN_FULL = 3
_NAMED = 10
_SIGNS = {"fine": ("✓", "green"), "warning": ("!", "yellow"), "fault": ("✗", "red")}


@click.command(help=text("cli.check"))
@click.option("--offline", is_flag=True, help=text("cli.check.offline"))
@click.option("--all", "everything", is_flag=True, help=text("cli.check.all"))
@click.option("--json", "as_json", is_flag=True, help=text("cli.json"))
@pass_frame
def check(frame: Frame, *, offline: bool, everything: bool, as_json: bool) -> None:
    """Everything that must be right, with what to do beside each fault."""
    from pushdoc.checkup import checkup, exit_code

    sections = list(_unreadable(frame)) if as_json else []
    for section in () if sections else checkup(frame.plan, frame.clock, offline=offline):
        if section.findings and not as_json:
            click.echo("\n" if any(each.findings for each in sections) else "", nl=False)
            _show(frame, section, everything=everything)
        sections.append(section)
    code = exit_code(sections)
    if as_json:
        findings = [_told(frame, section, finding) for section in sections for finding in section.findings]
        print_json({"findings": findings, "exit_code": int(code)})
    else:
        click.echo(f"\n{_sum(frame, sections)}")
    click.get_current_context().exit(int(code))


def _unreadable(frame: Frame) -> Iterator[Section]:
    """What keeps the rules from being used, for programs; people are told of it as with every command."""
    from pushdoc.checkup import unreadable

    try:
        frame.plan  # noqa: B018 -- read here, to hear what is wrong with it
    except ProblemsError as error:
        yield unreadable(error)


def _show(frame: Frame, section: Section, *, everything: bool) -> None:
    click.echo(f"{click.style(frame.say(f'check.group.{section.group.value}'), bold=True)}")
    for kind in section.kinds():
        shown = kind if everything or len(kind) <= _IN_FULL else kind[:1]
        remedies = [advice(finding.phrase, frame.language, frame.plan.rules.zone) for finding in shown]
        for number, (finding, remedy) in enumerate(zip(shown, remedies, strict=True)):
            click.echo(_line(frame, finding))
            # Beneath the last of those whom it concerns: the same words are not said twice in a row.
            if remedy and finding.mark.value != "fine" and remedies[number + 1 : number + 2] != [remedy]:
                click.echo(f"    → {remedy}")
        if len(shown) < len(kind):
            _others(frame, kind[len(shown) :])


def _line(frame: Frame, finding: Finding) -> str:
    sign, colour = _SIGNS[finding.mark.value]
    place = f"{visible(finding.place)} : " if finding.place else ""
    return f"{click.style(sign, fg=colour)} {place}{say(finding.phrase, frame.language, frame.plan.rules.zone)}"


def _others(frame: Frame, others: list[Finding]) -> None:
    names = [finding.name or finding.place for finding in others]
    some = names if len(names) <= _NAMED else [*names[:_NAMED], "…"]
    click.echo(f"    {frame.say('check.alike', count=len(names), names=some)}")
    if len(names) > _NAMED:
        click.echo(f"    {frame.say('check.alike_all')}")


def _sum(frame: Frame, sections: Iterable[Section]) -> str:
    marks = [finding.mark.value for section in sections for finding in section.findings]
    faults, warnings = marks.count("fault"), marks.count("warning")
    if faults:
        return frame.say("check.faults", faults=faults, warnings=warnings)
    return frame.say("check.only_warnings", warnings=warnings) if warnings else frame.say("check.all_fine")


def _told(frame: Frame, section: Section, finding: Finding) -> dict[str, Any]:
    zone = frame.plan.rules.zone if "plan" in frame.__dict__ else None
    return {
        "group": section.group.value,
        "mark": finding.mark.value,
        "place": visible(finding.place) or None,
        "name": visible(finding.name) or None,
        "what": say(finding.phrase, frame.language, zone),
        "advice": advice(finding.phrase, frame.language, zone) if finding.mark.value != "fine" else None,
        "count": finding.count,
    }


COMMANDS = (check,)
