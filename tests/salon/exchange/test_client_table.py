"""Clients as a table for other programs."""

import csv
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from app.errors import FileUnwritable
from app.language import _
from app.models import Payment
from app.salon.clients import listing
from app.salon.clients.listing import ListQuery
from app.salon.exchange import client_table
from app.vocabulary import PaymentKind
from tests.builders import TODAY, SmallSalon, at

EVIL = '=HYPERLINK("http://example.org";"Анна")'


@pytest.fixture
def ids(small: SmallSalon) -> list[int]:
    """Somebody ordinary who paid, and somebody whose name is a formula."""
    anna = small.client("Анна Щёлкина; «Прима»", "8 912 345-67-89")
    small.client(EVIL)
    small.complete(small.book(at(10, days=-3), anna))
    paid = {"day": TODAY, "client": anna, "kind": PaymentKind.SERVICE, "description": "", "amount": 180_050}
    small.database.insert(Payment, paid)
    return list(listing.everybody(small.database, ListQuery(), TODAY).client_ids)


def test_a_russian_excel_opens_the_csv_as_a_table(small: SmallSalon, ids: list[int], tmp_path: Path) -> None:
    path = tmp_path / "клиенты.csv"
    client_table.write(small.database, ids, path, TODAY, "RUB")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == [_("Name"), _("Phone"), _("Last visit"), _("Next visit"), _("Visits"), _("Spent")]
    assert rows[1] == ["Анна Щёлкина; «Прима»", "'+7\xa0912\xa0345-67-89", "09.05.2026", "", "1", "1800,50"]
    assert rows[2][0] == f"'{EVIL}"
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_holds_days_and_numbers_and_no_formula(small: SmallSalon, ids: list[int], tmp_path: Path) -> None:
    path = tmp_path / "клиенты.xlsx"
    client_table.write(small.database, ids, path, TODAY, "RUB")
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        parts = sheet + "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert "<f>" not in parts
    assert "<hyperlink" not in sheet
    assert "Анна Щёлкина" in parts
    assert ">+7\xa0912\xa0345-67-89<" in parts, "a phone is shown as it is"
    assert 'quotePrefix="1"' in parts, "and stays words when somebody writes in its cell"
    assert re.search(r"<v>1800\.5</v>", sheet)


@given(st.text(max_size=30))
@example("\uff1d1+1")
@example("\u2003@x")
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    cell = client_table.harmless(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
    assert not cell.startswith(("\t", "\r", "\n"))
    assert cell.endswith(text)


def test_a_file_that_cannot_be_written_is_told(small: SmallSalon, ids: list[int], tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        client_table.write(small.database, ids, tmp_path / "нет такой" / "x.csv", TODAY, "RUB")
