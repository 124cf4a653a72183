"""What the salon holds about a person, handed out to that person."""

import json
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from app import language
from app.errors import FileMissing, Gone
from app.models.personal import PERSONAL
from app.salon import undo
from app.salon.clients import belongings, files, formulas, handing_out, merging, register
from app.salon.clients.formulas import Recipe
from app.salon.scheduling import booking
from app.salon.scheduling.booking import BookingRequest
from app.salon.transaction import carry_out
from app.vocabulary import Action, AlertKind, Language
from tests import pictures
from tests.builders import TODAY, SmallSalon, at
from tests.salon.clients.whole_life import live

HOSTILE = "<script>alert('Анна')</script>\"&amp;"


class Seen(HTMLParser):
    """What a reader sees, and which tags the page has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def handed(small: SmallSalon, client: int, folder: Path) -> tuple[dict[str, Any], str, list[str]]:
    target = folder / "данные.zip"
    handing_out.hand_out(small.salon, client, target)
    assert [path.name for path in folder.iterdir()] == [target.name]
    with zipfile.ZipFile(target) as packed:
        data = json.loads(packed.read(handing_out.DATA))
        return data, packed.read(handing_out.PAGE).decode(), packed.namelist()


def test_everything_that_is_held_is_in_the_file(small: SmallSalon, tmp_path: Path) -> None:
    life = live(small)
    data, page, _names = handed(small, life.client, tmp_path)
    told = json.dumps(data, ensure_ascii=False)
    assert {one for one in life.secrets if one not in told} == set()
    own = belongings.of_clients(small.database, [life.client])
    assert set(data["tables"]) == set(own) >= {"client", "contact_point", "visit", "consent", "answer", "task"}
    assert {table for table in own if table not in PERSONAL} == set()
    assert data["tables"]["booked_service"][0]["service"] == "Маникюр с покрытием"
    assert data["journal"][0]["action"] == "client_added"
    standing = {one for one in life.secrets if any(one in str(rows) for rows in data["tables"].values())}
    seen = Seen()
    seen.feed(page)
    words = unescape(" ".join(seen.texts))
    assert {one for one in standing - {"1987-03-09"} if one not in words} == set()
    assert "09.03.1987" in words


def test_nothing_of_others_is_in_it(small: SmallSalon, tmp_path: Path) -> None:
    life, other = live(small), live(small, "Чужое", days=1)
    data, page, _names = handed(small, life.client, tmp_path)
    told = json.dumps(data, ensure_ascii=False) + page
    assert {one for one in other.secrets - life.secrets if one in told} == set()


def test_a_merging_that_was_a_mistake_hands_out_nobody_else(small: SmallSalon, tmp_path: Path) -> None:
    vera, anna = small.client("Вера", "+79031112233"), small.client("Чужая Анна", "+79123456789", "чужоекофе")
    sides = [merging.side(small.database, one, TODAY) for one in (vera, anna)]
    merged = carry_out(small.salon, merging.merge, vera, anna, merging.suggested(*sides))
    carry_out(small.salon, undo.take_back, merged.entry_id or 0)
    data, page, _names = handed(small, vera, tmp_path)
    told = (json.dumps(data, ensure_ascii=False) + page).casefold()
    assert [one for one in ("чужая", "чужоекофе", "9123456789") if one in told] == []
    assert [one["action"] for one in data["journal"]] == ["client_added", "clients_merged", "undone"]


def test_a_visit_that_was_booked_for_the_wrong_client_is_of_the_right_one(small: SmallSalon, tmp_path: Path) -> None:
    vera, anna = small.client("Вера"), small.client("Анна")
    visit = small.book(at(12), vera)
    right = BookingRequest(anna, (small.wish(at(12)),), "чужаязаметка")
    carry_out(small.salon, booking.change, visit, right)
    carry_out(small.salon, formulas.write, anna, visit, Recipe(text="чужойцвет"))
    data, page, _names = handed(small, vera, tmp_path)
    told = json.dumps(data, ensure_ascii=False) + page
    assert [one for one in ("чужаязаметка", "чужойцвет") if one in told] == []
    carry_out(small.salon, booking.change, visit, BookingRequest(vera, (small.wish(at(12)),), "своя"))
    data, page, _names = handed(small, vera, tmp_path)
    told = json.dumps(data, ensure_ascii=False) + page
    assert [one for one in ("чужаязаметка", "чужойцвет") if one in told] == []
    assert data["tables"]["visit"][0]["comment"] == "своя"


def test_a_name_is_a_name_also_when_it_looks_like_a_tag(small: SmallSalon, tmp_path: Path) -> None:
    anna = small.client(HOSTILE)
    carry_out(small.salon, register.warn, anna, AlertKind.ALLERGY, '"><img src=x onerror=alert(1)>')
    data, page, _names = handed(small, anna, tmp_path)
    assert data["tables"]["client"][0]["name"] == HOSTILE
    seen = Seen()
    seen.feed(page)
    assert not seen.tags & {"script", "img"}
    assert HOSTILE in " ".join(seen.texts)


def test_photos_are_in_it_under_names_of_ours(small: SmallSalon, tmp_path: Path) -> None:
    anna = small.client()
    taken = files.take_in_content(small.database, pictures.png(), "../../злой.png")
    carry_out(small.salon, files.keep, anna, [taken])
    (tmp_path / "zip").mkdir()
    data, page, names = handed(small, anna, tmp_path / "zip")
    assert names == ["data.json", "data.html", "files/0001.png"]
    assert data["tables"]["client_file"][0]["file"] == "files/0001.png"
    assert '<img src="files/0001.png"' in page


def test_a_photo_that_is_gone_stops_nothing(small: SmallSalon, tmp_path: Path) -> None:
    anna = small.client()
    taken = files.take_in_content(small.database, pictures.png(), "фото.png")
    carry_out(small.salon, files.keep, anna, [taken])
    (small.database.files_folder / taken.stored_name).unlink()
    assert handed(small, anna, tmp_path)[2] == ["data.json", "data.html"]


def test_handing_out_stands_in_the_journal(small: SmallSalon, tmp_path: Path) -> None:
    anna = small.client()
    handed(small, anna, tmp_path)
    told = small.database.row("SELECT action, client, actor FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert told == (Action.DATA_HANDED_OUT, anna, "Администратор")


def test_the_page_speaks_the_language_of_the_screens(small: SmallSalon, tmp_path: Path) -> None:
    anna = small.client()
    assert "Что" in handed(small, anna, tmp_path)[1]
    language.use(Language.ENGLISH)
    page = handed(small, anna, tmp_path)[1]
    assert '<html lang="en">' in page
    assert "holds about you" in page


def test_cards_that_were_merged_are_handed_out_together(small: SmallSalon, tmp_path: Path) -> None:
    anna, also = small.client("Анна"), small.client("Аня")
    small.database.rows("UPDATE client SET merged_into_id = ? WHERE id = ?", (anna, also))
    data, _page, _names = handed(small, anna, tmp_path)
    assert [row["name"] for row in data["tables"]["client"]] == ["Анна", "Аня"]


def test_what_cannot_be_written_leaves_nothing(small: SmallSalon, tmp_path: Path) -> None:
    with pytest.raises(Gone):
        handing_out.hand_out(small.salon, 999, tmp_path / "a.zip")
    with pytest.raises(FileMissing):
        handing_out.hand_out(small.salon, small.client(), tmp_path / "нет" / "a.zip")
    assert list(tmp_path.iterdir()) == []
