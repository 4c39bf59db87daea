"""CSV as other programs write it."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pushdoc.clients.sheet import DELIMITERS, Row, rows

FIELDS = st.text(st.sampled_from('aé0;,"\t\n ')).map(str.strip)


def lines(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


@given(st.lists(st.lists(FIELDS, min_size=2, max_size=4), max_size=6), st.sampled_from(DELIMITERS))
def test_what_a_csv_writer_wrote_is_read_with_the_line_each_row_starts_on(
    table: list[list[str]], delimiter: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    expected = []
    for fields in table:
        expected.append(Row(1 + len(lines(written.getvalue())), fields))
        writer.writerow(fields)

    assert list(rows(lines(written.getvalue()), delimiter)) == expected


def test_a_quotation_mark_that_never_closes_costs_only_its_own_row() -> None:
    text = 'Dossier;SIRET\n"Martin;1\nDurand;2\nPetit;3\n'

    assert list(rows(lines(text), ";")) == [
        Row(1, ["Dossier", "SIRET"]),
        Row(2, None),
        Row(3, ["Durand", "2"]),
        Row(4, ["Petit", "3"]),
    ]


def test_quotation_marks_within_a_name_are_part_of_it() -> None:
    assert list(rows(lines('Chez "Lulu";1\n'), ";")) == [Row(1, ['Chez "Lulu"', "1"])]


def test_lines_end_as_on_any_system() -> None:
    assert [row.line for row in rows(lines("a;b\rc;d\r\ne;f\ng;h"), ";")] == [1, 2, 3, 4]
