"""Forgetting a client: hidden at once, emptied for good after thirty days, and no figure changes."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from peewee import CharField, Field, TextField

from app import models, wording
from app.errors import DatabaseBusy, Gone, PersonForgotten, StillBooked, ToBeForgotten
from app.models.connection import Database, table_name
from app.models.fields import Words
from app.models.personal import ALL, BEHIND, OF_SALON, PERSONAL
from app.salon import check, undo
from app.salon.clients import belongings, card, files, finder, forgetting, listing, merging, register, shelf, standing
from app.salon.exchange.batch import Batch
from app.salon.scheduling import agenda, booking, waitlist
from app.salon.scheduling.booking import BookingRequest
from app.salon.statistics import figures, overrides
from app.salon.statistics.periods import Period
from app.salon.statistics.results import as_json
from app.salon.transaction import Work, carry_out
from app.vocabulary import Action, AlertKind, Figure, PaymentKind, ReminderStatus, VisitStatus, WaitlistStatus
from tests import pictures
from tests.builders import TODAY, ZONE, SmallSalon, at, small_salon
from tests.salon.clients.whole_life import live

MONTH = timedelta(days=30)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SmallSalon]:
    """The small salon in a file."""
    made = small_salon(Database(tmp_path / "salon.vizit"))
    yield made
    made.database.close()


def found_in(folder: Path, words: set[str]) -> dict[str, set[str]]:
    """Which of ``words`` lie in which file, as the bytes of UTF-8."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: hit for path in files if (hit := {one for one in words if one.encode() in path.read_bytes()})}


def figures_of(small: SmallSalon) -> list[object]:
    """Everything that is counted, and all that it is counted from."""
    rows = [
        small.database.rows(f"SELECT {columns} ORDER BY 1")
        for columns in (
            "id, client_id, day, status, cancel_reason, overbooked_reason <> '', open_steps_reason <> '' FROM visit",
            "id, visit_id, service_id, staff_id, starts_at, price FROM booked_service",
            "id, client_id, visit_id, amount, description FROM payment",
            "id, at, service_id, reason FROM turn_away",
            "e.id, s.service_id FROM waitlist_entry e JOIN waitlist_service s ON s.entry_id = e.id",
            "id, client_id, amount FROM bonus_entry",
        )
    ]
    period = Period(TODAY - timedelta(days=60), TODAY)
    told = [as_json(figures.compute(small.database, one, period, today=TODAY)) for one in Figure]
    booked_over = overrides.of_period(small.database, period, ZONE)
    return [*rows, *told, [(one.visit_id, one.decided_at, one.decided_by) for one in booked_over]]


def ask(small: SmallSalon, client: int, *, cancel_visits: bool = False) -> int:
    done = carry_out(small.salon, forgetting.ask, client, cancel_visits=cancel_visits)
    assert done.entry_id is not None
    return done.entry_id


def test_nothing_of_a_person_is_left_in_any_file(kept: SmallSalon, tmp_path: Path) -> None:
    life = live(kept)
    kept.database.fold()
    assert set().union(*found_in(tmp_path, life.secrets).values()) == life.secrets
    ask(kept, life.client)
    forgetting.for_good(kept.salon, [life.client])
    kept.database.backup_to(tmp_path / "later.vizit")
    assert found_in(tmp_path, life.secrets) == {}
    assert check.faults(kept.database) == []


def test_what_was_removed_long_ago_is_not_left_in_free_pages(kept: SmallSalon, tmp_path: Path) -> None:
    kept.database.rows("PRAGMA secure_delete = OFF")  # some engines are built with it
    anna = kept.client("Анна")
    carry_out(kept.salon, register.set_notes, anna, "длиннаятайна " * 150)
    carry_out(kept.salon, register.set_notes, anna, "")
    # The journal lets it go before the person is forgotten, as if it had never told of it.
    kept.database.rows("UPDATE journal_entry SET changes = '[]' WHERE client = ?", (anna,))
    kept.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert found_in(tmp_path, {"длиннаятайна"})
    forgetting.for_good(kept.salon, [anna])
    assert found_in(tmp_path, {"длиннаятайна"}) == {}


def test_the_search_keeps_no_letters_of_the_name(kept: SmallSalon, tmp_path: Path) -> None:
    """The index keeps three letters at a time, without the byte that they share with the three before."""
    letters = ["ъфъ".encode()[1:], "фъф".encode()[1:]]
    anna = kept.client("ъфъфъф")
    kept.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    file = tmp_path / "salon.vizit"
    assert all(one in file.read_bytes() for one in letters)
    forgetting.for_good(kept.salon, [anna])
    assert not [one for one in letters if one in file.read_bytes()]


def test_the_figures_stay_as_they_were(small: SmallSalon) -> None:
    life = live(small)
    small.complete(small.book(at(19), small.client("Вера")))
    before = figures_of(small)
    ask(small, life.client)
    assert figures_of(small) == before
    forgetting.for_good(small.salon, [life.client])
    assert figures_of(small) == before
    assert card.read(small.database, life.client, TODAY).name == ""


def test_what_was_done_with_a_forgotten_card_cannot_be_undone(small: SmallSalon) -> None:
    life = live(small)
    entries = [row[0] for row in small.database.rows("SELECT id FROM journal_entry WHERE client = ?", (life.client,))]
    asked = ask(small, life.client)
    forgetting.for_good(small.salon, [life.client])
    final = small.database.value("SELECT MAX(id) FROM journal_entry")
    before = figures_of(small)
    for entry in (*entries, asked, final):
        with pytest.raises(PersonForgotten):
            carry_out(small.salon, undo.take_back, entry)
    with pytest.raises(PersonForgotten):
        carry_out(small.salon, forgetting.take_back, life.client)
    assert figures_of(small) == before


def test_what_was_done_for_others_can_be_undone_as_before(small: SmallSalon) -> None:
    life, vera = live(small), small.client("Вера", "+79265554433")
    visit = carry_out(small.salon, booking.book, BookingRequest(vera, (small.wish(at(19)),), "с сестрой"))
    renamed = carry_out(small.salon, register.rename, vera, "Вера Мороз")
    told = f"SELECT note, changes FROM journal_entry WHERE id IN ({visit.entry_id}, {renamed.entry_id})"
    untouched = small.database.rows(told)
    ask(small, life.client)
    forgetting.for_good(small.salon, [life.client])
    assert small.database.rows(told) == untouched
    for done in (renamed, visit):
        carry_out(small.salon, undo.take_back, done.entry_id or 0)
    assert card.read(small.database, vera, TODAY).name == "Вера"
    assert small.database.value("SELECT COUNT(*) FROM visit WHERE id = ?", (visit.value,)) == 0


def test_a_neighbour_keeps_everything(small: SmallSalon) -> None:
    """Two clients of whom everything is known: the one who asked for nothing loses nothing."""
    life = live(small)
    small.clock.advance(timedelta(days=2))
    other = live(small, "Чужое", days=1)
    ask(small, life.client)
    forgetting.for_good(small.salon, [life.client])
    kept = str(small.database.rows("SELECT note, changes FROM journal_entry"))
    for table in belongings.owned_tables(small.database):
        kept += str(small.database.rows(f'SELECT * FROM "{table}"'))
    assert {one for one in other.secrets if one not in kept} <= {"Чужоекомпания"}
    assert not {one for one in life.secrets - other.secrets if one in kept}


def test_whoever_asks_is_nowhere_at_once_and_comes_back_when_it_is_taken_back(small: SmallSalon) -> None:
    anna = small.client("Анна Щёлкина", "+79123456789")
    small.complete(small.book(at(9), anna))
    ask(small, anna)
    assert finder.find(small.database, "щёлк", TODAY) == finder.find(small.database, "6789", TODAY) == []
    assert finder.find(small.database, "", TODAY) == []
    assert not listing.everybody(small.database, listing.ListQuery(), TODAY).client_ids
    assert register.owners_of_phone(small.database, "+79123456789", "RU") == []
    with pytest.raises(ToBeForgotten):
        small.book(at(15), anna)
    wish = waitlist.NewWait(anna, (small.manicure,), (waitlist.Window(TODAY, TODAY + timedelta(days=5)),))
    with pytest.raises(ToBeForgotten):
        carry_out(small.salon, waitlist.add, wish)
    carry_out(small.salon, forgetting.take_back, anna)
    assert [one.name for one in finder.find(small.database, "щёлк", TODAY)] == ["Анна Щёлкина"]
    assert forgetting.requests(small.database) == []
    small.book(at(15), anna)


def test_asking_can_be_undone(small: SmallSalon) -> None:
    anna = small.client()
    carry_out(small.salon, undo.take_back, ask(small, anna))
    assert forgetting.request_of(small.database, anna) is None
    assert len(listing.everybody(small.database, listing.ListQuery(), TODAY).client_ids) == 1


def test_a_card_that_was_archived_before_stays_archived(small: SmallSalon) -> None:
    anna = small.client()
    small.database.rows("UPDATE client SET archived_at = '2026-05-01 08:00:00.000000' WHERE id = ?", (anna,))
    ask(small, anna)
    carry_out(small.salon, forgetting.take_back, anna)
    assert not listing.everybody(small.database, listing.ListQuery(), TODAY).client_ids


def test_visits_ahead_are_cancelled_first(small: SmallSalon) -> None:
    anna = small.client()
    visit = small.book(at(12, days=3), anna)
    window = waitlist.Window(TODAY, TODAY + timedelta(days=5))
    wait = carry_out(small.salon, waitlist.add, waitlist.NewWait(anna, (small.pedicure,), (window,))).value
    with pytest.raises(StillBooked) as refused:
        ask(small, anna)
    assert (refused.value.visits, refused.value.first) == (1, TODAY + timedelta(days=3))
    with pytest.raises(StillBooked):
        forgetting.for_good(small.salon, [anna])
    asked = ask(small, anna, cancel_visits=True)
    assert small.status(visit) is VisitStatus.CANCELLED
    assert small.database.value("SELECT status FROM waitlist_entry WHERE id = ?", (wait,)) == WaitlistStatus.WITHDRAWN
    assert small.database.rows("SELECT status FROM reminder") == [(ReminderStatus.CANCELLED,)]
    carry_out(small.salon, undo.take_back, asked)
    assert small.status(visit) is VisitStatus.BOOKED


def test_thirty_days_later_it_is_final_by_itself(kept: SmallSalon) -> None:
    anna, vera = kept.client("Анна"), kept.client("Вера")
    ask(kept, anna)
    kept.clock.advance(timedelta(days=1))
    ask(kept, vera)
    (first, second) = forgetting.requests(kept.database)
    assert (first.name, first.days_left(kept.clock.now()), second.days_left(kept.clock.now())) == ("Анна", 29, 30)
    kept.clock.advance(MONTH - timedelta(days=1, seconds=1))
    forgetting.forget_due(kept.salon)
    assert len(forgetting.requests(kept.database)) == 2
    kept.clock.advance(timedelta(seconds=1))
    changes = forgetting.forget_due(kept.salon)
    assert anna in changes.clients
    assert [one.name for one in forgetting.requests(kept.database)] == ["Вера"]
    assert forgetting.due(kept.database, kept.clock.now()) == []
    assert not kept.database.has_remains


def test_a_file_that_somebody_holds_is_scoured_later(kept: SmallSalon, tmp_path: Path) -> None:
    life = live(kept)
    ask(kept, life.client)
    reader = Database(tmp_path / "salon.vizit")
    reader.connection.execute("BEGIN")
    reader.rows("SELECT * FROM client")
    kept.database.rows("PRAGMA busy_timeout = 10")
    with pytest.raises(DatabaseBusy):
        forgetting.for_good(kept.salon, [life.client])
    assert kept.database.has_remains
    kept.database.backup_to(tmp_path / "later.vizit")
    assert "later.vizit" not in found_in(tmp_path, life.secrets)
    reader.close()
    forgetting.forget_due(kept.salon)
    assert found_in(tmp_path, life.secrets) == {}
    assert not kept.database.has_remains


def test_copies_from_before_an_upgrade_go_with_the_person(kept: SmallSalon, tmp_path: Path) -> None:
    anna = kept.client("Анна Неповторимая")
    kept.database.backup_to(tmp_path / "salon.before-0003_client_card.vizit")
    kept.database.backup_to(tmp_path / "other.before-0003_client_card.vizit")
    kept.database.backup_to(tmp_path / "salon.before-0003_client_card.vizit.712-9.unfinished")  # by a power cut
    ask(kept, anna)
    forgetting.for_good(kept.salon, [anna])
    assert set(found_in(tmp_path, {"Неповторимая"})) == {"other.before-0003_client_card.vizit"}


def test_what_a_restored_backup_put_aside_goes_thirty_days_later(kept: SmallSalon, tmp_path: Path) -> None:
    aside = tmp_path / "salon.vizit.before-restore-20260512-1000"
    kept.database.backup_to(aside)
    (tmp_path / "salon.vizit.files.before-restore-20260512-1000").mkdir()
    written = datetime.fromtimestamp(aside.stat().st_ctime, UTC)
    anna = kept.client()
    kept.clock.instant = written + timedelta(days=1)
    ask(kept, anna)
    forgetting.for_good(kept.salon, [anna])
    forgetting.forget_due(kept.salon)
    assert aside.exists()
    assert not forgetting.is_due(kept.salon)
    kept.clock.instant = written + timedelta(days=31)
    assert forgetting.is_due(kept.salon)
    forgetting.forget_due(kept.salon)
    assert not forgetting.is_due(kept.salon)
    assert [path.name for path in tmp_path.glob("*.before-*")] == []


def test_what_a_broken_restoring_left_goes_with_the_person(kept: SmallSalon, tmp_path: Path) -> None:
    stage = tmp_path / ".salon.vizit.k2j4h5"
    stage.mkdir()
    kept.database.backup_to(stage / "salon.vizit")
    written = datetime.fromtimestamp(stage.stat().st_ctime, UTC)
    anna = kept.client()
    kept.clock.instant = written + timedelta(minutes=5)
    forgetting.for_good(kept.salon, [anna])
    forgetting.forget_due(kept.salon)
    assert stage.exists(), "perhaps somebody restores just now"
    kept.clock.instant = written + timedelta(hours=2)
    forgetting.forget_due(kept.salon)
    assert not stage.exists()


def test_photos_go_with_the_person_also_those_taken_off_the_card(kept: SmallSalon) -> None:
    anna, vera = kept.client("Анна"), kept.client("Вера")
    tokens = iter(f"{number:032x}" for number in range(9))
    hers = photo(kept, vera, next(tokens))
    assert photo(kept, anna, next(tokens)) != photo(kept, anna, next(tokens))
    carry_out(kept.salon, undo.take_back, kept.database.value("SELECT MAX(id) FROM journal_entry"))
    ask(kept, anna)
    forgetting.for_good(kept.salon, [anna])
    assert list(shelf.names(kept.database)) == [hers]


def photo(small: SmallSalon, client: int, token: str) -> str:
    """A photo of this client; returns the name that the program gave it."""
    taken = files.take_in_content(small.database, pictures.png(), "фото.png", token=token)
    carry_out(small.salon, files.keep, client, [taken])
    return taken.stored_name


def test_cards_that_were_merged_are_one_person(small: SmallSalon) -> None:
    anna, also, once = small.client("Анна"), small.client("Аня"), small.client("Анюта")
    stranger = small.client("Вера")
    for card_id, into in ((also, anna), (once, also)):
        small.database.rows("UPDATE client SET merged_into_id = ? WHERE id = ?", (into, card_id))
    assert belongings.cards_of(small.database, once) == (anna, also, once)
    assert belongings.cards_of(small.database, stranger) == (stranger,)
    ask(small, also)
    forgetting.for_good(small.salon, [once])
    assert dict(small.database.rows("SELECT id, name FROM client")) == {anna: "", also: "", once: "", stranger: "Вера"}


def test_a_merging_that_was_taken_back_tells_nothing_of_them_either(small: SmallSalon) -> None:
    """For a while the words of one stood on the card of the other."""
    vera = small.client("Вера Ломова", "+79031112233", "чай")
    new = register.NewClient("Тайна Щёлкина", "+79123456789", "тайнакофе", "тайназаметка", date(1987, 3, 9))
    anna = carry_out(small.salon, register.add, new).value
    carry_out(small.salon, standing.do_not_book, anna, "тайнадолг")
    sides = [merging.side(small.database, one, TODAY) for one in (vera, anna)]
    merged = carry_out(small.salon, merging.merge, vera, anna, merging.suggested(*sides))
    undone = carry_out(small.salon, undo.take_back, merged.entry_id or 0)
    forgetting.for_good(small.salon, [anna])
    told = str(small.database.rows("SELECT note, changes FROM journal_entry")).casefold()
    assert not [one for one in ("тайна", "9123456789", "1987-03-09") if one in told]
    with pytest.raises(PersonForgotten):
        carry_out(small.salon, undo.take_back, undone.entry_id or 0)
    shown = card.read(small.database, vera, TODAY)
    assert (shown.name, shown.wishes) == ("Вера Ломова", "чай")


def test_what_was_merged_by_mistake_stays_with_its_owner(kept: SmallSalon) -> None:
    """Her photos stood on the card of the other for a while: when that one is forgotten, they are still hers."""
    vera, anna = kept.client("Вера"), kept.client("Анна")
    hers = photo(kept, anna, f"{1:032x}")
    kept_file = files.of_client(kept.database, anna)[0]
    sides = [merging.side(kept.database, one, TODAY) for one in (vera, anna)]
    merged = carry_out(kept.salon, merging.merge, vera, anna, merging.suggested(*sides))
    carry_out(kept.salon, undo.take_back, merged.entry_id or 0)
    forgetting.for_good(kept.salon, [vera])
    assert list(shelf.names(kept.database)) == [hers]
    assert files.of_client(kept.database, anna) == (kept_file,)
    added = kept.database.value("SELECT changes FROM journal_entry WHERE action = 'file_added'")
    assert hers in added


def test_photos_that_a_power_failure_left_go_at_the_next_start(kept: SmallSalon) -> None:
    """The person is out of the tables, and then the light goes out: the next start takes the photos away."""
    anna, vera = kept.client("Анна"), kept.client("Вера")
    tokens = [f"{number:032x}" for number in range(4)]
    photo(kept, anna, tokens[0])
    hers, undone = photo(kept, vera, tokens[1]), photo(kept, vera, tokens[2])
    carry_out(kept.salon, undo.take_back, kept.database.value("SELECT MAX(id) FROM journal_entry"))
    new = files.take_in_content(kept.database, pictures.png(), token=tokens[3]).stored_name
    hour_ago = (kept.clock.now() - timedelta(hours=2)).timestamp()
    for name in shelf.names(kept.database):
        moment = kept.clock.now().timestamp() if name == new else hour_ago
        os.utime(kept.database.files_folder / name, (moment, moment))
    carry_out(kept.salon, forgetting.forget, [anna])
    forgetting.forget_due(kept.salon)
    assert set(shelf.names(kept.database)) == {hers, undone, new}
    assert not kept.database.has_remains


def test_photos_stay_on_their_card_when_the_visit_goes_to_another(kept: SmallSalon) -> None:
    vera, anna = kept.client("Вера"), kept.client("Анна")
    visit = kept.book(at(9), anna)
    taken = files.take_in_content(kept.database, pictures.png(), "фото.png")
    carry_out(kept.salon, files.keep, anna, [taken], visit)
    carry_out(kept.salon, booking.change, visit, BookingRequest(vera, (kept.wish(at(9)),)))
    kept.complete(visit)
    hers = files.of_client(kept.database, anna)
    forgetting.for_good(kept.salon, [vera])
    assert files.of_client(kept.database, anna) == hers
    assert list(shelf.names(kept.database)) == [taken.stored_name]


def test_photos_of_a_visit_that_was_booked_for_the_wrong_client_stay(kept: SmallSalon) -> None:
    vera, anna = kept.client("Вера"), kept.client("Анна")
    visit = kept.book(at(9), vera)
    carry_out(kept.salon, booking.change, visit, BookingRequest(anna, (kept.wish(at(9)),)))
    taken = files.take_in_content(kept.database, pictures.png(), "фото.png")
    carry_out(kept.salon, files.keep, anna, [taken], visit)
    kept.complete(visit)
    forgetting.for_good(kept.salon, [vera])
    assert list(shelf.names(kept.database)) == [taken.stored_name]


def test_a_card_that_was_merged_goes_with_everything_it_brought(kept: SmallSalon, tmp_path: Path) -> None:
    life, other = live(kept), live(kept, "Вторая", days=1)
    for visit in kept.database.rows("SELECT id FROM visit WHERE status = 'booked' AND client_id = ?", (other.client,)):
        kept.complete(visit[0])
    sides = [merging.side(kept.database, one.client, TODAY) for one in (life, other)]
    merged = carry_out(kept.salon, merging.merge, life.client, other.client, merging.suggested(*sides))
    before = figures_of(kept)
    ask(kept, other.client, cancel_visits=True)
    forgetting.for_good(kept.salon, [life.client])
    assert found_in(tmp_path, life.secrets | other.secrets) == {}
    assert figures_of(kept) == before
    with pytest.raises(PersonForgotten):
        carry_out(kept.salon, undo.take_back, merged.entry_id or 0)


def test_the_name_of_nobody_is_worded_and_not_stored(small: SmallSalon) -> None:
    anna = small.client("Анна")
    small.complete(small.book(at(9), anna))
    forgetting.for_good(small.salon, [anna])
    (entry,) = agenda.of_day(small.database, TODAY).entries
    assert (entry.client_id, entry.client_name) == (anna, "")
    assert wording.client_name(entry.client_name, entry.client_id) == "Забытый клиент"
    assert wording.client_name("", None) == "Без карточки"


def test_an_import_brings_nobody_back(small: SmallSalon) -> None:
    anna = small.client("Анна")
    small.database.rows("INSERT INTO import_run (id, profile, source, at) VALUES (1, 'csv', 'папка', '2026-05-01')")
    small.database.rows(
        "INSERT INTO imported_record (run_id, source_key, record_table, record) VALUES (1, 'csv Анна', 'client', ?)",
        (anna,),
    )
    ask(small, anna)
    forgetting.for_good(small.salon, [anna])
    assert small.database.rows("SELECT 1 FROM imported_record WHERE source_key LIKE '%Анна%'") == []
    batch = Batch(small.database, "csv")
    assert batch.found(models.Client, "csv Анна") == anna
    assert batch.found(models.Client, "csv Вера") is None


def test_the_journal_tells_that_it_was_done_and_not_of_whom(small: SmallSalon) -> None:
    life = live(small)
    ask(small, life.client)
    forgetting.for_good(small.salon, [life.client])
    told = small.database.row("SELECT action, client, actor, note, changes FROM journal_entry ORDER BY id DESC LIMIT 1")
    assert told is not None
    assert told[:4] == ("client_forgotten", life.client, "Администратор", "")
    notes = small.database.rows("SELECT DISTINCT note FROM journal_entry WHERE client = ?", (life.client,))
    assert {note for (note,) in notes} <= {"", "allergy", "completed", "other", "client_ill"}


def test_nothing_new_is_written_about_a_forgotten_person(small: SmallSalon) -> None:
    """As from a card that stood open on another screen. What they owe for a visit of the past can still be paid."""
    anna = small.client()
    visit = small.book(at(12), anna)
    small.complete(visit)
    forgetting.for_good(small.salon, [anna])
    acts = [
        partial(register.rename, client_id=anna, name="Анна"),
        partial(register.set_wishes, client_id=anna, wishes="кофе"),
        partial(register.add_phone, client_id=anna, typed="+79123456789"),
        partial(register.warn, client_id=anna, kind=AlertKind.ALLERGY, text="лак"),
        partial(standing.do_not_book, client_id=anna, reason="долг"),
    ]
    for act in acts:
        with pytest.raises(PersonForgotten):
            carry_out(small.salon, act)

    def pay(work: Work) -> None:
        work.tell(Action.VISIT_CHANGED, client=anna)
        facts = {"kind": PaymentKind.SERVICE, "amount": 100, "day": TODAY, "description": "Маникюр"}
        work.insert(models.Payment, client=anna, visit=visit, **facts)

    carry_out(small.salon, pay)


def test_strangers_and_the_forgotten_cannot_be_forgotten(small: SmallSalon) -> None:
    anna = small.client()
    for act in (forgetting.ask, forgetting.take_back):
        with pytest.raises(Gone):
            carry_out(small.salon, act, 999)
    forgetting.for_good(small.salon, [anna])
    with pytest.raises(PersonForgotten):
        carry_out(small.salon, forgetting.ask, anna)
    with pytest.raises(PersonForgotten):
        forgetting.for_good(small.salon, [anna])


_SAID = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=8, max_size=40)


@settings(max_examples=settings().max_examples // 4)
@given(st.lists(_SAID, min_size=5, max_size=5, unique=True))
def test_whatever_was_typed_about_somebody_is_gone(said: list[str]) -> None:
    """Emoji, quotes, SQL, HTML, right-to-left: as it was typed, as the journal writes it, as the search folds it."""
    small = small_salon()
    wishes, notes, alert, comment, reason = (f"тайна{one.strip()}тайна" for one in said)
    new = register.NewClient("Тайна", "+79123456789", wishes, notes)
    anna = carry_out(small.salon, register.add, new).value
    seen = carry_out(small.salon, register.warn, anna, AlertKind.OTHER, alert).value
    request = BookingRequest(anna, (small.wish(at(12)),), comment, alerts_seen=(seen,))
    visit = carry_out(small.salon, booking.book, request).value
    carry_out(small.salon, booking.set_status, visit, VisitStatus.COMPLETED, reason=reason)
    before = figures_of(small)
    forgetting.for_good(small.salon, [anna])
    tables = [row[0] for row in small.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = "".join(str(small.database.rows(f'SELECT * FROM "{table}"')) for table in tables).casefold()
    assert "тайна" not in told
    assert "9123456789" not in told
    assert figures_of(small) == before
    small.database.close()


# ---- what is personal is said beside the tables -----------------------------------------------------------------


def test_every_table_of_a_client_says_what_is_personal(small: SmallSalon) -> None:
    behind = {target for _table, _column, target in BEHIND}
    assert set(PERSONAL) == belongings.owned_tables(small.database) | behind
    tables = {table_name(table) for table in models.ALL_TABLES}
    texts = {name for name in tables if name not in PERSONAL and texts_of(name)}
    assert texts == set(OF_SALON)


@pytest.mark.parametrize("table", [table_name(one) for one in models.ALL_TABLES])
def test_every_column_of_text_is_sorted(table: str) -> None:
    """A new column of text has to say whether it is personal: this fails until it does."""
    if table not in PERSONAL:
        assert texts_of(table) == set(OF_SALON.get(table, ()))
        return
    personal = PERSONAL[table]
    said = {*personal.emptied, *personal.dashed, *personal.kept}
    if personal.removed_where == ALL:
        assert not said, "rows that are removed need no more words"
    else:
        assert texts_of(table) <= said
        assert said <= columns_of(table)


def test_the_file_has_no_table_that_is_not_looked_after(small: SmallSalon) -> None:
    """A table that peewee does not know, such as a search index, has to be emptied too: this fails until it is."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
    indices = {name for (name,) in small.database.rows(sql)}
    rebuilt = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
    assert small.database.value(rebuilt) == len(indices)
    shadows = {f"{name}_{part}" for name in indices for part in ("data", "idx", "content", "docsize", "config")}
    of_peewee = {table_name(table) for table in (*models.ALL_TABLES, *models.DERIVED_TABLES)}
    found = {name for (name,) in small.database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found - of_peewee - indices - shadows == {"schema_migration", "sqlite_sequence"}
    for table in models.DERIVED_TABLES:
        texts = [one for one in table._meta.sorted_fields if isinstance(one, (Words, CharField, TextField))]
        assert texts == []


def fields_of(table: str) -> list[Field]:
    (found,) = (one for one in models.ALL_TABLES if table_name(one) == table)
    return list(found._meta.sorted_fields)  # type: ignore[attr-defined]


def columns_of(table: str) -> set[str]:
    return {one.column_name for one in fields_of(table)}


def texts_of(table: str) -> set[str]:
    return {one.column_name for one in fields_of(table) if isinstance(one, (Words, CharField, TextField))}
