"""Whatever is wrong with an export: one clear sentence, and nothing was changed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from app import errors
from app.errors import SalonError, Trouble
from app.explain import sentence
from app.salon.exchange import profiles, salon_import, tables
from app.salon.exchange.profiles import Role
from app.salon.exchange.report import Why
from app.salon.transaction import Salon
from tests.salon.exchange.mini_export import (
    BOOKINGS,
    NO_SHOWS,
    RECEIPTS,
    SERVICES,
    TODAY,
    MiniExport,
    contents,
)


@contextmanager
def _refused(salon: Salon, kind: type[Exception]) -> Iterator[None]:
    """The import raises ``kind``, which is told in one sentence, and changes nothing."""
    before = contents(salon.database)
    with pytest.raises(kind) as refused:
        yield
    error = refused.value
    assert isinstance(error, SalonError | Trouble)
    told = sentence(error)
    assert told
    assert "\n" not in told
    assert len(told) < 400
    assert contents(salon.database) == before


def _import(salon: Salon, folder: Path) -> None:
    salon_import.run(salon, "salon-csv", folder, today=TODAY)


# ---- folders and files -------------------------------------------------------------------------------------------


def test_there_is_no_such_profile(salon: Salon, export: MiniExport) -> None:
    with _refused(salon, errors.NoSuchProfile):
        salon_import.run(salon, "../salon-csv", export.write(), today=TODAY)


def test_there_is_no_such_folder(salon: Salon, tmp_path: Path) -> None:
    with _refused(salon, errors.FileMissing):
        _import(salon, tmp_path / "nowhere")


def test_a_file_stands_where_a_folder_was_expected(salon: Salon, export: MiniExport) -> None:
    with _refused(salon, errors.NotAFile):
        _import(salon, export.write() / BOOKINGS)


def test_a_folder_stands_where_a_file_was_expected(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    (folder / RECEIPTS).unlink()
    (folder / RECEIPTS).mkdir()
    with _refused(salon, errors.NotAFile):
        _import(salon, folder)


@pytest.mark.parametrize("name", [SERVICES, BOOKINGS, RECEIPTS, NO_SHOWS])
def test_a_file_is_missing(salon: Salon, export: MiniExport, name: str) -> None:
    folder = export.write()
    (folder / name).unlink()
    with _refused(salon, errors.FileMissing):
        _import(salon, folder)


def test_the_same_file_is_there_twice(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    (folder / "Receipt Transactions0 (1).csv").write_bytes((folder / RECEIPTS).read_bytes())
    with _refused(salon, errors.SeveralFiles):
        _import(salon, folder)


def test_a_pipe_is_not_waited_for(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    (folder / BOOKINGS).unlink()
    os.mkfifo(folder / BOOKINGS)
    with _refused(salon, errors.NotAFile):
        _import(salon, folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_may_not_be_listed(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    folder.chmod(0o100)
    try:
        with _refused(salon, errors.FileUnreadable):
            _import(salon, folder)
    finally:
        folder.chmod(0o700)


def test_a_name_that_no_disk_can_hold(salon: Salon) -> None:
    with _refused(salon, errors.FileUnreadable):
        _import(salon, Path("x" * 256))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_may_not_be_read(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    (folder / BOOKINGS).chmod(0)
    with _refused(salon, errors.FileUnreadable):
        _import(salon, folder)


def test_a_link_leads_in_a_circle(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    (folder / BOOKINGS).unlink()
    (folder / BOOKINGS).symlink_to(folder / BOOKINGS)
    with _refused(salon, errors.FileUnreadable):
        _import(salon, folder)


# ---- what is in a file -------------------------------------------------------------------------------------------

_HEADER = b"Code,Staff,Service,Date,Time,TimeInt\n"

_BROKEN_FILES: dict[str, tuple[bytes, type[Exception]]] = {
    "nothing": (b"", errors.FileEmpty),
    "a mark and blank lines": (b"\xef\xbb\xbf\r\n\r\n", errors.FileEmpty),
    "the header alone": (_HEADER, errors.FileEmpty),
    "NUL bytes": (_HEADER + b"ANNA01,JJ,S\x00BD,07/20/2018,9:00:00 AM,540\n", errors.NotATable),
    "zeroes": (b"\x00" * 5000, errors.FileEmpty),
    "half a UTF-16 file": (b"\xff\xfeC\x00o\x00d", errors.NotATable),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, errors.NotATable),
    "another table": (b"Name;Phone\nAnna;123\n", errors.ColumnMissing),
    "Russian headers in CP1251": ("Код;Мастер;Услуга\nА;Б;В\n".encode("cp1251"), errors.ColumnMissing),
    "a column twice": (b"Code,Code,Staff,Service,Date,Time\nA,B,JJ,SBD,07/20/2018,9:00 AM\n", errors.ColumnTwice),
    "a thousand columns": (_HEADER.strip() + b"," * 1000 + b"\n", errors.NotATable),
    "a cell without end": (_HEADER + b'"' + b"x" * 200_000, errors.NotATable),
    "one line without end": (b"x" * 3_000_000, errors.NotATable),
    "dates of another country": (
        _HEADER + b"ANNA01,JJ,SBD,31.07.2018,9:00:00 AM,540\n" * 3,
        errors.RowsUnreadable,
    ),
    "rows of another width": (_HEADER + b"ANNA01,JJ\n" * 3, errors.RowsUnreadable),
}


@pytest.mark.parametrize("what", _BROKEN_FILES)
def test_the_bookings_are(salon: Salon, export: MiniExport, what: str) -> None:
    content, kind = _BROKEN_FILES[what]
    folder = export.write()
    (folder / BOOKINGS).write_bytes(content)
    with _refused(salon, kind):
        _import(salon, folder)


def test_a_hundred_megabytes_are_refused_before_they_are_read(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    with (folder / BOOKINGS).open("wb") as file:
        file.truncate(100_000_000)
    with _refused(salon, errors.FileTooBig):
        _import(salon, folder)


def test_rows_without_end_are_refused(export: MiniExport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 5)
    with pytest.raises(errors.NotATable):
        tables.read(export.write() / BOOKINGS, profiles.load("salon-csv").files[Role.BOOKINGS])


_BROKEN_ROWS = {
    "ANNA01,JJ,SBD,02/30/2018,9:00:00 AM,540": Why.BAD_DATE,
    "ANNA01,JJ,SBD,02/03/0018,9:00:00 AM,540": Why.BAD_DATE,
    "ANNA01,JJ,SBD,07/20/2018,25:00:00 AM,540": Why.BAD_TIME,
    "ANNA01,JJ,SBD,07/20/2018,11:57:00 PM,540": Why.TOO_LATE,
    "ANNA01,JJ,SBD,03/11/2018,2:30:00 AM,150": Why.NO_SUCH_TIME,
    "ANNA01,,SBD,07/20/2018,9:00:00 AM,540": Why.NO_STAFF,
    "ANNA01,JJ,,07/20/2018,9:00:00 AM,540": Why.NO_SERVICE,
    "ANNA01,JJ,PERM,07/20/2018,9:00:00 AM,540": Why.UNKNOWN_SERVICE,
    "ANNA01,JJ,SBD,07/20/2018": Why.CELLS_WRONG,
    "ANNA01,JJ,SBD,07/20/2018,9:00:00 AM,540,one more": Why.CELLS_WRONG,
    f"{'A' * 500},JJ,SBD,07/20/2018,9:00:00 AM,540": Why.TOO_LONG,
}


@pytest.mark.parametrize("row", _BROKEN_ROWS)
def test_one_bad_row_is_skipped_with_its_reason_and_the_good_ones_go_in(
    salon: Salon, export: MiniExport, row: str
) -> None:
    good = export.into(salon, dry_run=True)
    export.add(BOOKINGS, row)
    report = export.into(salon)
    assert [(one.place and one.place.row, one.why) for one in report.skipped] == [(12, _BROKEN_ROWS[row])]
    assert report.imported == good.imported


def test_bad_amounts_are_skipped_and_named(salon: Salon, export: MiniExport) -> None:
    export.add(RECEIPTS, "9,07/19/2018,Blowdry,FAY01,JJ,1,=1+1,0,0", "9,07/19/2018,Blowdry,FAY01,JJ,half,1,0,0")
    report = export.into(salon)
    assert [one.sentence for one in report.skipped] == ["“=1+1” is not an amount.", "“half” is not an amount."]


def test_bad_lines_of_the_price_list_are_skipped_and_named(salon: Salon, export: MiniExport) -> None:
    export.add(SERVICES, "TRUE,NEW1,Fringe,STYLE,-5,0", "perhaps,NEW2,Neck,STYLE,5,0")
    report = export.into(salon)
    assert [one.sentence for one in report.skipped] == ["“-5” is not an amount.", "“perhaps” is neither yes nor no."]


def test_a_row_without_a_client_is_skipped_where_the_profile_knows_no_such_walk_in(
    salon: Salon, export: MiniExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _shipped().replace('walk_in = ["", "WALK_IN"]', 'walk_in = ["WALK_IN"]')
    monkeypatch.setattr(profiles, "load", lambda name: profiles.read(name, text))
    report = export.into(salon)
    assert [one.why for one in report.skipped] == [Why.NO_CLIENT] * 3


# ---- encodings and delimiters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8-sig", "Щёлкина"), ("utf-16", "Щёлкина"), ("cp1251", "Щёлкина"), ("cp1252", "Renée")]
)
def test_names_are_read_in_every_usual_encoding(salon: Salon, export: MiniExport, encoding: str, name: str) -> None:
    export.add(BOOKINGS, f"{name},JJ,SBD,07/20/2018,9:00:00 AM,540")
    folder = export.write(encoding)
    report = salon_import.run(salon, "salon-csv", folder, today=TODAY)
    assert salon.database.value("SELECT count(*) FROM client WHERE name = ?", (name,)) == 1
    guessed = [note.said for note in report.notes if note.why is Why.CODE_PAGE]
    assert guessed == ([encoding.upper()] if encoding.startswith("cp") else [])


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_delimiter_is_found_by_the_columns(salon: Salon, export: MiniExport, delimiter: str) -> None:
    expected = export.into(salon, dry_run=True)
    for name, lines in export.lines.items():
        export.lines[name] = [line.replace(",", delimiter) for line in lines]
    assert export.into(salon).imported == expected.imported


def test_quotes_line_ends_blank_lines_and_case_of_headers_do_not_matter(salon: Salon, export: MiniExport) -> None:
    folder = export.write()
    lines = [line.split(",") for line in export.lines[BOOKINGS]]
    lines[0] = [f" {name.upper()} " for name in lines[0]]
    text = "\r\n\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    (folder / BOOKINGS).write_text(text, encoding="utf-8", newline="")
    report = salon_import.run(salon, "salon-csv", folder, today=TODAY)
    assert (report.skipped, report.imported["visits"]) == ((), 14)


# ---- anything at all ----------------------------------------------------------------------------------------------


@settings(
    max_examples=settings().max_examples // 2,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=200).map(lambda tail: _HEADER + tail),
        st.text(max_size=200).map(lambda tail: _HEADER + tail.encode("utf-16", "surrogatepass")),
        st.lists(
            st.lists(
                st.one_of(st.text(max_size=12), st.sampled_from(["JJ", "SBD", "07/20/2018", "9:00 AM"])), max_size=7
            )
        ).map(lambda rows: _HEADER + "\n".join(",".join(row) for row in rows).encode("utf-8", "surrogatepass")),
    )
)
def test_any_bytes_give_a_report_or_one_clear_sentence(export: MiniExport, content: bytes) -> None:
    folder = export.write()
    (folder / BOOKINGS).write_bytes(content)
    refused: SalonError | Trouble | None = None
    try:
        salon_import.gather("salon-csv", folder, today=TODAY)
    except (SalonError, Trouble) as error:
        refused = error
    assert refused is None or sentence(refused)


# ---- profiles -----------------------------------------------------------------------------------------------------


def _shipped() -> str:
    return (profiles.paths.resources() / "import_profiles" / "salon-csv.toml").read_text(encoding="utf-8")


def _without(*words: str) -> Callable[[str], str]:
    return lambda text: "\n".join(line for line in text.splitlines() if not any(word in line for word in words))


_BROKEN_PROFILES: dict[str, tuple[Callable[[str], str], str]] = {
    "no TOML": (lambda text: text + "\n[[", "Invalid"),
    "no zone": (_without("zone"), "[salon] does not tell zone"),
    "a strange zone": (lambda text: text.replace("America/Vancouver", "Mars/Olympus"), "is not a time zone"),
    "a number for a text": (lambda text: text.replace('country = "CA"', "country = 7"), "of the wrong kind"),
    "a yes for a number": (lambda text: text.replace("step_minutes = 10", "step_minutes = true"), "of the wrong kind"),
    "a step of an age": (lambda text: text.replace("step_minutes = 10", "step_minutes = 999"), "not from 5 to 60"),
    "an unknown order": (lambda text: text.replace("month-day-year", "week-day"), "is none of"),
    "a misspelt key": (lambda text: text.replace("[codes]", "[codes]\nwalkin = []"), "[codes] knows no walkin"),
    "an unknown file": (lambda text: text.replace("[files.no_shows]", "[files.noshows]"), "noshows"),
    "no bookings": (lambda text: text.replace('day = "Date", time = "Time"', 'day = "Date"'), "does not name time"),
    "an unknown column": (lambda text: text.replace("{ name =", '{ size = "S", name ='), "knows no size"),
    "a sum of clients": (lambda text: text.replace('client = "Client",', 'client = ["A", "B"],'), "takes one column"),
    "a column of no name": (lambda text: text.replace('tax = ["GST", "PST"]', "tax = []"), "names no column"),
    "no list": (lambda text: text.replace('not_a_person = ["HOUSE"]', "not_a_person = [1]"), "is not a list of texts"),
    "dispensable services": (
        lambda text: text.replace("[files.services]", "[files.services]\nis_required = false"),
        "needs the file services",
    ),
    "an empty pattern": (lambda text: text.replace('"Service Listing*.csv"', '" "'), "is empty"),
}


@pytest.mark.parametrize("what", _BROKEN_PROFILES)
def test_a_profile_is_checked_to_the_last_word(what: str) -> None:
    change, problem = _BROKEN_PROFILES[what]
    text = change(_shipped())
    assert text != _shipped()
    with pytest.raises(errors.BrokenProfile) as refused:
        profiles.read("mine", text)
    assert problem in refused.value.problem
    assert "mine" in sentence(refused.value)


def test_a_file_may_be_optional_and_absent(salon: Salon, export: MiniExport, monkeypatch: pytest.MonkeyPatch) -> None:
    text = _shipped().replace("[files.no_shows]", "[files.no_shows]\nis_required = false")
    text = text.replace("[files.products]", "[files.products]\nis_required = false")
    monkeypatch.setattr(profiles, "load", lambda name: profiles.read(name, text))
    folder = export.write()
    for path in (folder / NO_SHOWS, next(folder.glob("Product*"))):
        path.unlink()
    report = salon_import.run(salon, "salon-csv", folder, today=TODAY)
    assert report.skipped == ()
    assert salon.database.value("SELECT count(*) FROM payment WHERE kind = 'product'") == 4


def test_without_receipts_nobody_is_known_to_have_left(
    salon: Salon, export: MiniExport, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _shipped().replace("[files.receipts]", "[files.receipts]\nis_required = false")
    monkeypatch.setattr(profiles, "load", lambda name: profiles.read(name, text))
    export.add(BOOKINGS, "ANNA01,SINEAD,SHCW,04/03/2018,10:00:00 AM,600")
    folder = export.write()
    (folder / RECEIPTS).unlink()
    salon_import.run(salon, "salon-csv", folder, today=TODAY)
    assert salon.database.value("SELECT count(*) FROM staff_member WHERE archived_at IS NOT NULL") == 0
    assert salon.database.value("SELECT count(*) FROM visit WHERE status = 'completed'") == 0


def test_lengths_come_from_the_service_its_category_or_are_an_hour() -> None:
    profile = profiles.load("salon-csv")
    assert profile.usual_minutes("SBD", "STYLE") == 50
    assert profile.usual_minutes("NEW", "MISC") == 30
    assert profile.usual_minutes("NEW", "NAILS") == profiles.DEFAULT_MINUTES
    assert profiles.known() == ("salon-csv",)
