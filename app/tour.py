"""Pictures of every screen in both themes and both languages, from a sample salon: to be looked at, not compared."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from PySide6.QtCore import QEventLoop, QMessageLogContext, QPoint, QRect, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QScrollArea, QWidget

from app import wording
from app.clock import standing_at
from app.errors import BackupFolderGone
from app.explain import sentence
from app.language import _
from app.launch import Places, Running, application, build
from app.models.connection import Database
from app.models.opening import create
from app.salon import profile as profile_of
from app.salon.backup import copies
from app.salon.catalogue import absences, services, shifts, staff
from app.salon.catalogue.patterns import Stretch
from app.salon.catalogue.shifts import DayWish
from app.salon.catalogue.staff import WorkingHours
from app.salon.clients import card, consents, contacts, forgetting, listing, register
from app.salon.clients.conditions import ANYBODY, Between, Conditions
from app.salon.clients.contacts import NewContact
from app.salon.clients.listing import ListQuery
from app.salon.clients.segments import READY
from app.salon.exchange import sample
from app.salon.reminders import invitations
from app.salon.scheduling import agenda, booking, series
from app.salon.scheduling.places import PlannedService, standing
from app.salon.statistics.periods import Period
from app.salon.transaction import Salon
from app.ui import screens, theme as theme_of_window
from app.ui.asking import QtAsker
from app.ui.backups import workplace
from app.ui.booking.panel import BookingPanel
from app.ui.calendar.walking import OnPlace
from app.ui.catalogue.backups_part import BackupsPart
from app.ui.catalogue.screen import (
    BACKUPS,
    CATEGORIES,
    FACTS,
    IMPORT,
    PRIVACY,
    QUESTIONS,
    ROOMS,
    SERVICES,
    STAFF,
    CatalogueScreen,
)
from app.ui.catalogue.staff_form import StaffForm
from app.ui.clients.adding import Added
from app.ui.clients.card_panel import DETAILS, GLANCE, WORKS, ClientCardPanel
from app.ui.clients.consent_section import ConsentSection
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.glance_page import GlancePage
from app.ui.clients.photo_view import Mode
from app.ui.clients.screen import ClientsScreen
from app.ui.clients.works_page import WorksPage
from app.ui.main_window import LEAST_HEIGHT, LEAST_WIDTH, MainWindow
from app.ui.my_day.screen import MyDayScreen
from app.ui.reminders.promises_part import PromisesPart
from app.ui.reminders.screen import MESSAGES, PROMISES, RemindersScreen
from app.ui.series.repeat_panel import RepeatPanel
from app.ui.shifts.screen import ShiftsScreen
from app.ui.statistics.screen import StatisticsScreen
from app.ui.waiting.offer_card import OfferCard
from app.ui.waiting.screen import TURNED_AWAY, WAITING, WaitingScreen
from app.ui.wishes import BookingSeed, WaitingSeed
from app.vocabulary import (
    AWAITED_STATUSES,
    AbsenceKind,
    BackupOccasion,
    CalendarView,
    CancelReason,
    ConsentKind,
    ConsentWay,
    ContactKind,
    Language,
    OwedKind,
    ReadySegment,
    SeriesUnit,
    ThemeChoice,
)

TODAY = date(2026, 5, 14)
"""A Thursday in spring: the day of the pictures, so that they stay the same."""
NOW = datetime(2026, 5, 14, 11, 12)
SIZE = (1366, 820)
_TIMELINE_HEIGHT = 432
"""So much of the timeline is to be seen in its picture."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One picture: its name, and what to do before it is taken."""

    name: str
    arrange: Callable[[MainWindow], None]
    is_offering: bool = False
    """Whether the card of those who wait for a free place is meant to be in the picture."""


def take(folder: Path) -> list[Path]:
    """Take every picture into ``folder``; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    app = application(["vizit"])
    qInstallMessageHandler(_tell_qt_warning)
    return [path for language in Language for path in _in_language(app, folder, language)]


def _in_language(app: QApplication, folder: Path, spoken: Language) -> Iterator[Path]:
    database = create(None)
    salon = Salon(database, standing_at(NOW, "Europe/Moscow"), "")
    sample.make(salon, TODAY, language=spoken, now=NOW)
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK):
        running = build(app, Places(None), salon=salon, spoken=spoken, theme=theme)
        running.window.resize(*SIZE)
        running.window.show()
        for stop in _stops(running):
            running.window.toast.dismiss()
            running.window.resize(*SIZE)
            stop.arrange(running.window)
            if running.window.is_offering != stop.is_offering:
                raise AssertionError(f"{stop.name}: is a free place meant to be offered here?")
            path = folder / f"{stop.name}-{theme}-{spoken}.png"
            _settle(app)
            while running.desk.background.is_busy:
                _settle(app)  # photos are drawn beside the window
            _picture(running.window).save(str(path))
            _put_away()
            yield path
        while running.desk.perform.undo():
            pass  # the next theme begins with the same day
        running.close()
        _settle(app)
        yield _welcome(app, folder, spoken, theme)
    database.close()


def _picture(window: MainWindow) -> QPixmap:
    """The window, with the menus and questions that stand over it in windows of their own."""
    picture = window.grab()
    painter = QPainter(picture)
    for over in _standing_over():
        corner = window.mapFromGlobal(over.mapToGlobal(QPoint()))
        painter.drawPixmap(corner, over.grab())
        if isinstance(over, QDialog):  # the system draws a frame
            painter.setPen(theme_of_window.current().control_line)
            painter.drawRect(QRect(corner, over.size()))
    painter.end()
    return picture


def _standing_over() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu | QDialog) and one.isVisible()]


def _put_away() -> None:
    for over in reversed(_standing_over()):
        over.close()


def _welcome(app: QApplication, folder: Path, spoken: Language, theme: ThemeChoice) -> Path:
    """What a first start shows."""
    running = build(app, Places(None), clock=standing_at(NOW, "Europe/Moscow"), spoken=spoken, theme=theme)
    running.window.resize(*SIZE)
    running.window.show()
    _settle(app)
    path = folder / f"0-welcome-{theme}-{spoken}.png"
    running.window.grab().save(str(path))
    running.close()
    _settle(app)
    return path


def _tell_qt_warning(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but not what a platform without a screen cannot do: it says so at every window."""
    if "This plugin does not support" not in text:
        sys.stderr.write(f"{text}\n")


def _settle(app: QApplication) -> None:
    """Let everything be laid out and painted that waits for it."""
    for _round in range(4):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        app.sendPostedEvents()


def _stops(running: Running) -> list[Stop]:
    database = running.desk.salon.database
    entries = agenda.of_day(database, TODAY).entries
    known = [entry for entry in entries if entry.client_id]
    regular = max(known, key=lambda entry: (len(entry.alerts), entry.has_note, not entry.is_first_visit))
    client_id = regular.client_id or 0
    taken = BookingSeed(client_id=client_id, staff_id=regular.staff_id, starts_at=regular.starts_at)
    master = max(
        {entry.staff_id for entry in entries}, key=lambda staff: sum(entry.staff_id == staff for entry in entries)
    )
    services = standing(database, regular.visit_id).planned
    expected = _expected(database)
    return [
        Stop("1-day", _day),
        *(
            Stop(f"1-{view}", lambda window, view=view: _view(window, view))
            for view in CalendarView
            if view is not CalendarView.MASTERS
        ),
        Stop("2-visit", lambda window: _visit(window, regular.visit_id)),
        Stop("2-visit-copied", lambda window: _copied(window, regular.visit_id)),
        Stop("3-search", lambda window: _search(window, regular.client_name.split()[0][:3])),
        Stop("4-booking", lambda window: _booking(window, BookingSeed(client_id=client_id))),
        Stop("4-booking-when", lambda window: _proposals(window, expected)),
        Stop("4-booking-group", lambda window: _group(window, expected)),
        Stop("4-booking-group-when", _group_when),
        Stop("4-booking-rooms", _choose_room),
        Stop("4-booking-left", lambda window: _left_half_filled(window, expected)),
        Stop("4-booking-said", lambda window: _said_back(window, regular.visit_id)),
        Stop("4-booking-new", lambda window: _new_client(window, _("Vera 8 926 123-45-67"))),
        Stop("4-booking-taken", lambda window: _booking(window, taken)),
        Stop("5-client-card", lambda window: _card(window, client_id)),
        Stop("5-client-card-answers", lambda window: _asked(window, client_id)),
        Stop("5-client-card-timeline", lambda window: _timeline(window, client_id)),
        Stop("5-client-card-write", lambda window: _write_down(window, client_id)),
        Stop("5-client-card-promise", lambda window: _promise(window, expected)),
        *acquaintance_stops(database),
        *photo_stops(database),
        Stop("6-my-day", lambda window: _my_day(window, master)),
        Stop("3-search-slip", lambda window: _search(window, _slipped(regular.client_name.split()[0]))),
        Stop("3-search-why", lambda window: _search(window, _another_phone(window, client_id))),
        *client_list_stops(),
        Stop("7-clients-found", lambda window: _list_search(window, _another_phone(window, client_id))),
        Stop("8-reminders", _reminders),
        Stop("8-reminders-more", _more_of_reminder),
        Stop("8-promises", _promises),
        Stop("8-promises-more", _more_of_promise),
        Stop("8-promises-later", _put_off),
        Stop("8-promises-none", _no_promises),
        Stop("9-figures", lambda window: _go(window, screens.STATISTICS)),
        Stop("9-figures-booked-over", _booked_over),
        Stop("10-keys", _keys),
        Stop("11-free-places", lambda window: _free_places(window, services)),
        *privacy_stops(client_id),
        *series_stops(running),
        Stop("14-waiting", _waiting),
        Stop("14-waiting-form", _waiting_form),
        Stop("14-waiting-more", _more_of_waiting),
        Stop("14-turned-away", _turned_away),
        Stop("14-place-free", _place_free, is_offering=True),
        Stop("14-place-free-opened", lambda window: window.go_to_offer(), is_offering=True),
        Stop("12-salon", _salon),
        Stop("12-salon-staff", _staff),
        Stop("12-salon-terms", _terms),
        Stop("12-salon-rooms", _rooms),
        Stop("12-salon-questions", _questions),
        Stop("12-salon-facts", _facts),
        *backup_stops(running),
        Stop("12-salon-import", _import),
        Stop("5-client-card-written-by-two", lambda window: _written_by_two(window, expected)),
        Stop("13-shifts", _shifts),
        Stop("13-shifts-schedule", _schedule),
        Stop("13-shifts-absence", _absence),
        Stop("13-shifts-holidays", _holidays),
        Stop("13-calls", lambda window: _calls(window, master)),
        Stop("13-shifts-unplanned", _unplanned),
    ]


def client_list_stops() -> list[Stop]:
    """The list of clients: everybody, a filter of several conditions, a segment that holds nobody, an invitation."""
    lately = Conditions(last_visit=Between(30), visits=Between(2), advertising=False)
    return [
        Stop("7-clients", lambda window: _clients(window, ANYBODY)),
        Stop("7-clients-filter", lambda window: _clients(window, lately)),
        Stop("7-clients-range", _range),
        Stop("7-clients-late", lambda window: _clients(window, READY[ReadySegment.LATE])),
        Stop("7-clients-nobody", lambda window: _clients(window, Conditions(visits=Between(500), is_vip=True))),
        Stop("7-clients-segments", lambda window: _clients(window, ANYBODY).filters.segment_button.click()),
        Stop("7-clients-conditions", lambda window: _clients(window, ANYBODY).filters.add_button.click()),
        Stop("7-clients-export", _export),
        Stop("7-clients-writing", _writing),
        Stop("7-clients-invite", _invite),
        Stop("8-reminders-invitations", _invited),
    ]


def _clients(window: MainWindow, conditions: Conditions) -> ClientsScreen:
    screen = cast(ClientsScreen, _go(window, screens.CLIENTS))
    screen.invite.hide()
    screen.progress.end()
    screen.show_segment(conditions)
    return screen


def _range(window: MainWindow) -> None:
    """A range is typed, and its end is before its beginning."""
    filters = _clients(window, Conditions(visits=Between(5))).filters
    filters.ask_range("last_day")
    for editor, typed in zip(filters.range_form.fields, ("01.05.2026", "01.04.2026"), strict=True):
        editor.setText(typed)
    filters.range_form.take_button.click()


def _export(window: MainWindow) -> None:
    """Where the system asks itself, its own question looks as all others do there."""
    screen = _clients(window, READY[ReadySegment.LATE])
    QtAsker(window).save_dialog(*screen.question_of_export()).show()


def _writing(window: MainWindow) -> None:
    """A long list is written into a file, and can be given up."""
    screen = _clients(window, ANYBODY)
    screen.progress.begin(_("Writing {file}").format(file=screen.question_of_export()[1]))
    screen.progress.report(2, 5)


def _invite(window: MainWindow) -> None:
    _clients(window, READY[ReadySegment.LATE]).filters.invite_button.click()


def _invited(window: MainWindow) -> None:
    """Three of those who are late agreed to advertising, and their invitations wait to be sent."""
    desk = window.desk
    late = ListQuery(conditions=READY[ReadySegment.LATE])
    ids = listing.everybody(desk.salon.database, late, TODAY).client_ids[:3]
    for client in ids:
        desk.perform(consents.record, client, ConsentKind.ADVERTISING, is_given=True, day=TODAY, way=ConsentWay.SPOKEN)
    desk.perform(invitations.invite, ids)
    screen = _go(window, screens.REMINDERS)
    cast(RemindersScreen, screen).show_part(MESSAGES)
    QApplication.processEvents()
    rows = cast(RemindersScreen, screen).invitations.rows
    if rows:
        rows[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        screen.findChild(QScrollArea).ensureWidgetVisible(rows[-1], 0, 200)


def _promises(window: MainWindow) -> PromisesPart:
    screen = cast(RemindersScreen, _go(window, screens.REMINDERS))
    screen.show_part(PROMISES)
    screen.promises.show_everything()
    screen.promises.focus_first()
    return screen.promises


def _reminders(window: MainWindow) -> RemindersScreen:
    """The queue from its beginning: another picture has scrolled to its end."""
    screen = cast(RemindersScreen, _go(window, screens.REMINDERS))
    screen.show_part(MESSAGES)
    cast(QScrollArea, screen.findChild(QScrollArea)).verticalScrollBar().setValue(0)
    return screen


def _more_of_reminder(window: MainWindow) -> None:
    """What else can be done with a reminder."""
    row = _reminders(window).due.rows[0]
    _open_under(row.more, row.menu())


def _more_of_promise(window: MainWindow) -> None:
    """What else can be done with a promise."""
    row = _promises(window).rows()[0]
    _open_under(row.more, row.menu())


def _open_under(button: QWidget, menu: QMenu) -> None:
    """Open a menu below its button, within the window: a platform without a screen would put it elsewhere."""
    menu.popup(QPoint())
    corner = button.mapToGlobal(QPoint(0, button.height() + 4))
    edge = button.window().geometry().right() - menu.width() - 8
    menu.move(min(corner.x(), edge), corner.y())


def _put_off(window: MainWindow) -> None:
    """One is given to another day, beside the card of its client."""
    part = _promises(window)
    row = next(row for row in part.rows() if row.owed.kind is OwedKind.PROMISE)
    row.open_card()
    row.ask_when()


def _no_promises(window: MainWindow) -> None:
    """Somebody is responsible for nothing."""
    part = _promises(window)
    for place in range(part.who.count()):
        part.who.setCurrentIndex(place)
        if not part.rows():
            break


def _slipped(name: str) -> str:
    """``name`` with two letters that changed places."""
    return f"{name[:2]}{name[3]}{name[2]}{name[4:]}" if len(name) > 4 else name


def _another_phone(window: MainWindow, client_id: int) -> str:
    """The last digits of a phone that a client shares with somebody: the line has to say why they are found."""
    window.desk.perform(
        contacts.add, client_id, NewContact(ContactKind.PHONE, "+7 916 204-45-67", _("mother of the bride"))
    )
    return "4567"


def _list_search(window: MainWindow, typed: str) -> None:
    _clients(window, ANYBODY).search.setText(typed)


def photo_stops(database: Database) -> list[Stop]:
    """The photos and formulas of two clients who come today, a pair with its slider, and a card without any."""
    first, second = [row[0] for row in database.rows("SELECT DISTINCT client_id FROM client_file ORDER BY 1 LIMIT 2")]
    without = database.value(
        """
        SELECT v.client_id FROM visit v WHERE v.status = 'completed' AND v.client_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM formula f WHERE f.client_id = v.client_id)
        AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.client_id = v.client_id AND p.kind = 'product') LIMIT 1
        """
    )
    return [
        Stop("16-photos", lambda window: _works(window, first)),
        Stop("16-photos-formula", lambda window: _repeat_formula(window, second)),
        Stop("16-photos-side-by-side", lambda window: _photo(window, first, Mode.SIDE)),
        Stop("16-photos-slider", lambda window: _photo(window, first, Mode.SLIDER)),
        Stop("16-photos-none", lambda window: _works(window, without)),
    ]


def _works(window: MainWindow, client_id: int) -> WorksPage | None:
    _card(window, client_id)
    panel = window.panel.content
    if not isinstance(panel, ClientCardPanel):
        return None
    panel.open_page(WORKS)
    page = panel.page(WORKS)
    return page if isinstance(page, WorksPage) else None


def _repeat_formula(window: MainWindow, client_id: int) -> None:
    """What was mixed last time is copied into today's visit, and is being changed there."""
    page = _works(window, client_id)
    if page is not None:
        page.repeat_last()
    window.toast.dismiss()


def _photo(window: MainWindow, client_id: int, mode: Mode) -> None:
    page = _works(window, client_id)
    shown = [file for card in page.cards for file in card.work.files] if page else []
    if page is not None and shown:
        page.open_photo(shown[0])
        if page.view is not None:
            page.view.compare(mode)


def privacy_stops(client_id: int) -> list[Stop]:
    """Consents, somebody who asked to be forgotten, and what a master sees."""
    return [
        Stop("17-consents", lambda window: _agreed(window, client_id)),
        Stop("17-consents-form", _write_consent),
        Stop("17-forget", lambda window: _forgotten(window, client_id)),
        Stop("17-masked", lambda window: _masked(window, client_id)),
        Stop("17-consent-texts", _consent_texts),
    ]


def backup_stops(running: Running) -> list[Stop]:
    """Where copies are kept and which there are, what bringing one back would mean, and why one could not be made."""
    place = TemporaryDirectory(prefix="vizit-")
    running.window.destroyed.connect(place.cleanup)
    folder = Path(place.name) / _("Copies of the salon")
    return [
        Stop("12-salon-backups", lambda window: _backups(window, folder)),
        Stop("12-salon-backups-restore", lambda window: _restore(window, folder)),
        Stop("12-salon-backups-none", lambda window: _no_backup(window, folder / "gone")),
    ]


def _backups(window: MainWindow, folder: Path) -> BackupsPart:
    """Copies that were made by themselves and by hand, one that is damaged, and one of an earlier version."""
    salon, preferences = window.desk.salon, window.desk.preferences
    window.desk.perform(profile_of.change, replace(salon.profile, is_sample=False))
    if not folder.is_dir():
        folder.mkdir(parents=True)
        made = [
            copies.make(
                salon.database,
                folder,
                occasion,
                salon.clock.now() - ago,
                salon.profile.zone,
                keep_days=14,
                workplace=workplace(),
            )[0]
            for occasion, ago in (
                (BackupOccasion.AUTOMATIC, timedelta(days=2, hours=-9)),
                (BackupOccasion.BY_HAND, timedelta(days=1, hours=4)),
                (BackupOccasion.AUTOMATIC, timedelta(hours=14, minutes=40)),
            )
        ]
        made[0].with_name("salon-2026-04-30-210500-auto.zip").write_bytes(made[0].read_bytes())
        with made[0].open("r+b") as file:
            file.truncate(made[0].stat().st_size // 2)
    preferences.change(replace(preferences.settings, backup_folder=str(folder), backup_last="", backup_problem=""))
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.show_part(BACKUPS)
    return screen.backups


def _import(window: MainWindow) -> None:
    """Before a folder of another program is chosen."""
    window.desk.perform(profile_of.change, replace(window.desk.salon.profile, is_sample=False))
    cast(CatalogueScreen, _go(window, screens.CATALOGUE)).show_part(IMPORT)


def _restore(window: MainWindow, folder: Path) -> None:
    """The newest copy is to take the place of the salon."""
    part = _backups(window, folder)
    while window.desk.background.is_busy:
        _settle(cast(QApplication, QApplication.instance()))
    part.ask_about(next(row for row in part.rows() if row.button.isEnabled()).copy)


def _no_backup(window: MainWindow, folder: Path) -> None:
    """The stick on which copies are kept is not there."""
    preferences = window.desk.preferences
    said = sentence(BackupFolderGone(folder))
    preferences.change(replace(preferences.settings, backup_folder=str(folder), backup_problem=said))
    window.open_backups()
    cast(CatalogueScreen, _go(window, screens.CATALOGUE)).backups.leave_preview()


def series_stops(running: Running) -> list[Stop]:
    """A visit of tomorrow that is repeated, the series that comes of it, and one of its visits that is moved."""
    salon = running.desk.salon
    entries = agenda.of_day(salon.database, TODAY + timedelta(days=1)).entries
    single = [one for one in entries if one.client_id and series.of_visit(salon.database, one.visit_id) is None]
    awaited = [one for one in single if one.status in AWAITED_STATUSES]
    visit_id = max(awaited, key=lambda one: (one.starts_at.hour == 15, one.starts_at)).visit_id
    return [
        Stop("15-repeat", lambda window: _repeat(window, visit_id)),
        Stop("15-series", lambda window: _series(window, visit_id)),
        Stop("15-series-changed", _change_series),
    ]


def _repeat(window: MainWindow, visit_id: int) -> None:
    _day(window)
    window.calendar.show_day(TODAY + timedelta(days=1))
    window.calendar.select_visit(visit_id)
    window.open_series(visit_id)
    form = window.panel.content
    if isinstance(form, RepeatPanel):
        form.field.every.setValue(1)
        form.field.unit.choose(SeriesUnit.WEEK)
        form.field.weekdays[1].setChecked(True)
        form.field.times.setValue(4)
        form.reload()


def _series(window: MainWindow, visit_id: int) -> None:
    """The dates that do not fit are put elsewhere or left out, and the rest is booked."""
    _repeat(window, visit_id)
    form = window.panel.content
    if isinstance(form, RepeatPanel):
        for row in form.table.rows:
            if row.is_open and row.found.proposals:
                row.choose(0)
            elif row.is_open:
                row.skip()
        form.book()
    window.toast.dismiss()
    window.open_series(visit_id)


def _change_series(window: MainWindow) -> None:
    """The visit is moved a little; the window offers to change the others as well."""
    _go(window, screens.CALENDAR)
    entry = window.calendar.grid.selected_entry
    if entry is not None:
        perform = window.desk.perform
        for minutes in (-15, 15, 30, 60):
            start = entry.starts_at + timedelta(minutes=minutes)
            if perform(booking.move, entry.booked_id, entry.staff_id, start) is not None:
                perform.tell(_("Visit moved to {time}").format(time=wording.clock_time(start)))
                return


def _clear(window: MainWindow) -> None:
    window.calendar.holding.let_go()
    if window.is_offering:
        window.desk.perform.undo()
    window.panel.close_panel()
    while window.unfinished.forms:
        window.unfinished.give_up()
    window.toast.dismiss()
    for child in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child is not window.centralWidget() and child is not window.toast:
            child.hide()


def _day(window: MainWindow) -> None:
    _go(window, screens.CALENDAR)
    window.calendar.show_view(CalendarView.MASTERS)
    window.calendar.show_day(TODAY)


def _view(window: MainWindow, view: CalendarView) -> None:
    _day(window)
    window.calendar.show_view(view)


def _visit(window: MainWindow, visit_id: int) -> None:
    _day(window)
    window.calendar.select_visit(visit_id)
    entry = window.calendar.grid.selected_entry
    if entry is not None:
        window.calendar.open_peek(entry)


def _copied(window: MainWindow, visit_id: int) -> None:
    """A visit is held, and goes where the cursor stands."""
    _day(window)
    window.calendar.select_visit(visit_id)
    entry = window.calendar.grid.selected_entry
    if entry is not None:
        window.calendar.holding.copy(entry)
        window.calendar.grid.select(OnPlace(entry.staff_id, 13 * 60 + 30))


def _search(window: MainWindow, typed: str) -> None:
    _day(window)
    QApplication.processEvents()  # it opens over the field, which has to stand in its place
    window.find_client(typed)


def _booking(window: MainWindow, seed: BookingSeed) -> None:
    _day(window)
    window.open_booking(seed)


def _proposals(window: MainWindow, client_id: int) -> None:
    """As last time was taken; three places are proposed."""
    _booking(window, BookingSeed(client_id=client_id))
    form = window.panel.content
    if isinstance(form, BookingPanel):
        form.go_on.click()


def _choose_room(window: MainWindow) -> None:
    """The first of the rooms is chosen, in which somebody sits at that time."""
    database = window.desk.salon.database
    day = agenda.of_day(database, TODAY)
    taken = next(one for one in day.entries if one.room_ids)
    seed = BookingSeed(is_walk_in=True, starts_at=taken.starts_at, planned=standing(database, taken.visit_id).planned)
    _booking(window, seed)
    form = window.panel.content
    if isinstance(form, BookingPanel):
        boxes = [box for row in form.form.rows() for box in row.rooms.boxes.values() if not box.isHidden()]
        for box in boxes[:1]:
            box.setFocus()
            box.setCurrentIndex(1)


def _group(window: MainWindow, client_id: int) -> None:
    """Somebody without a card comes along for what is first in the price list."""
    _booking(window, BookingSeed(client_id=client_id))
    form = window.panel.content
    if isinstance(form, BookingPanel):
        form.bring_company()
        form.company.client.choose_walk_in()
        form.company.picker.chosen.emit(services.offered(window.desk.salon.database)[0])
        form.company.time.setText("15:00")


def _group_when(window: MainWindow) -> None:
    """The places at which both are served at the same time."""
    form = window.panel.content
    if isinstance(form, BookingPanel):
        form.go_on.click()


def _left_half_filled(window: MainWindow, client_id: int) -> None:
    """Somebody was being booked, and somebody else called."""
    _proposals(window, client_id)
    window.open_booking(BookingSeed(is_walk_in=True))


def _said_back(window: MainWindow, visit_id: int) -> None:
    """A visit was put together and saved as it stands."""
    _booking(window, BookingSeed(visit_id=visit_id))
    form = window.panel.content
    if isinstance(form, BookingPanel):
        form.book()


def _new_client(window: MainWindow, typed: str) -> None:
    """Name and phone came from the search, the services are asked for."""
    _booking(window, BookingSeed(new_client=typed))


def _expected(database: Database) -> int:
    """A welcome client with an alert and a rhythm, without a booking ahead."""
    welcome = "SELECT id FROM client WHERE do_not_book_reason = ''"
    rows = database.rows(f"SELECT client_id FROM alert WHERE client_id IN ({welcome}) ORDER BY id")
    cards = (card.read(database, row[0], TODAY) for row in rows)
    return next(one.client_id for one in cards if one.interval_days and one.next_visit is None)


def acquaintance_stops(database: Database) -> list[Stop]:
    """The details of a card with a family, an organisation, whoever is not booked, and two cards of one person."""

    def one(sql: str) -> int:
        return int(database.value(sql))

    family = one("SELECT client_id FROM client_relation WHERE kind = 'child' ORDER BY id")
    organisation = one("SELECT id FROM client WHERE kind = 'organisation'")
    unwanted = one("SELECT id FROM client WHERE do_not_book_reason <> ''")
    return [
        Stop("5-client-details", lambda window: _details(window, family)),
        Stop("5-client-organisation", lambda window: _details(window, organisation, is_at_end=True)),
        Stop("4-booking-unwanted", lambda window: _booking(window, BookingSeed(client_id=unwanted))),
        Stop("7-clients-duplicates", _duplicates),
        Stop("12-salon-categories", _categories),
    ]


def _details(window: MainWindow, client_id: int, *, is_at_end: bool = False) -> None:
    _card(window, client_id)
    panel = window.panel.content
    if isinstance(panel, ClientCardPanel):
        panel.open_page(DETAILS)
        _settle(cast(QApplication, QApplication.instance()))
        if is_at_end:
            panel.bring_to_end()


def _duplicates(window: MainWindow) -> None:
    cast(ClientsScreen, _go(window, screens.CLIENTS)).show_duplicates()


def _categories(window: MainWindow) -> None:
    cast(ClientsScreen, _go(window, screens.CLIENTS)).show_list()
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.show_part(CATEGORIES)
    screen.categories.open(screen.categories.model.record(0))


def _card(window: MainWindow, client_id: int) -> None:
    _day(window)
    window.open_client(client_id)


def _glance(window: MainWindow, client_id: int) -> GlancePage:
    _card(window, client_id)
    panel = cast(ClientCardPanel, window.panel.content)
    return cast(GlancePage, panel.page(GLANCE))


def _written_by_two(window: MainWindow, client_id: int) -> None:
    """What is being typed, and what somebody else has kept meanwhile."""
    window.desk.perform(register.set_wishes, client_id, "")  # the window of the other theme has kept both
    page = _glance(window, client_id)
    page.wishes.type_text(_("Mint tea"))
    window.desk.perform(register.set_wishes, client_id, _("Mint tea. Comes with her daughter."))


def _asked(window: MainWindow, client_id: int) -> None:
    """What nobody has asked yet is asked by one key."""
    _glance(window, client_id).answers.ask_next()


def _timeline(window: MainWindow, client_id: int) -> None:
    """The timeline from its newest line on."""
    page = _glance(window, client_id)
    QApplication.processEvents()
    page.bring_into_sight(page.history, QRect(0, 0, page.width(), _TIMELINE_HEIGHT))


def _write_down(window: MainWindow, client_id: int) -> None:
    """What can be written down on a card."""
    page = _glance(window, client_id)
    QApplication.processEvents()
    page.bring_into_sight(page.add_other)
    page.add_other.click()
    for menu in _standing_over():  # a platform without a screen believes in one that is smaller than the window
        menu.move(page.add_other.mapToGlobal(QPoint(0, -menu.height())))


def _promise(window: MainWindow, client_id: int) -> None:
    """Somebody who is due, and a promise that is being written down."""
    _glance(window, client_id).begin(Added.PROMISE)


def _agreed(window: MainWindow, client_id: int) -> None:
    _card(window, client_id)
    cast(ClientCardPanel, window.panel.content).open_page(DETAILS)
    _settle(cast(QApplication, QApplication.instance()))
    consents = _consents(window)
    consents.history_button.click()
    consents.bring_into_sight(consents)


def _write_consent(window: MainWindow) -> None:
    _consents(window).open_form(ConsentKind.ADVERTISING)


def _consents(window: MainWindow) -> ConsentSection:
    page = cast(DetailsPage, cast(ClientCardPanel, window.panel.content).page(DETAILS))
    return next(one for one in page.sections if isinstance(one, ConsentSection))


def _forgotten(window: MainWindow, other_id: int) -> None:
    """Somebody asked to be forgotten who is named on the card of another client."""
    asked = forgetting.requests(window.desk.salon.database)[0]
    window.desk.perform(register.set_notes, other_id, _("Comes together with {client}").format(client=asked.name))
    _card(window, asked.client_id)


def _masked(window: MainWindow, client_id: int) -> None:
    window.desk.perform(profile_of.change, replace(window.desk.salon.profile, masters_see_phones=False))
    window.open_client(client_id, is_masters=True)


def _consent_texts(window: MainWindow) -> None:
    cast(CatalogueScreen, _go(window, screens.CATALOGUE)).show_part(PRIVACY)


def _my_day(window: MainWindow, staff_id: int) -> None:
    screen = _go(window, screens.MY_DAY)
    cast(MyDayScreen, screen).choose_master(staff_id)


def _booked_over(window: MainWindow) -> None:
    """The month with the day of the pictures, for the list has something to tell there."""
    screen = cast(StatisticsScreen, _go(window, screens.STATISTICS))
    screen.periods.take(Period(TODAY.replace(day=1), TODAY))
    screen.open_overrides()


def _keys(window: MainWindow) -> None:
    _day(window)
    window.show_keys()


def _salon(window: MainWindow) -> None:
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.show_part(SERVICES)
    screen.services.open(screen.services.model.record(0))


def _free_places(window: MainWindow, services: tuple[PlannedService, ...]) -> None:
    """What F3 shows when the booking form knows the services already."""
    _booking(window, BookingSeed(planned=services, day=TODAY))
    window.find_place()


def _waiting(window: MainWindow) -> None:
    cast(WaitingScreen, _go(window, screens.WAITING)).look_for_all()


def _waiting_form(window: MainWindow) -> None:
    _waiting(window)
    first = cast(WaitingScreen, _go(window, screens.WAITING)).rows()[0]
    window.open_waiting(WaitingSeed(entry_id=first.waiting.entry_id))


def _more_of_waiting(window: MainWindow) -> None:
    """Beside an open form in the smallest window the rarer buttons are in a menu."""
    window.resize(LEAST_WIDTH, LEAST_HEIGHT)
    _waiting_form(window)
    _settle(cast(QApplication, QApplication.instance()))
    row = cast(WaitingScreen, window.stack.currentWidget()).rows()[0]
    _open_under(row.more, row.menu_of_the_rest())


def _turned_away(window: MainWindow) -> None:
    screen = cast(WaitingScreen, _go(window, screens.WAITING))
    screen.show_part(TURNED_AWAY)


def _place_free(window: MainWindow) -> None:
    """A visit is cancelled, and those whom its place suits are proposed; then everything is as before."""
    cast(WaitingScreen, _go(window, screens.WAITING)).show_part(WAITING)
    _day(window)
    database = window.desk.salon.database
    for entry in agenda.of_day(database, TODAY).entries:
        is_ahead = entry.starts_at > NOW and entry.status in AWAITED_STATUSES
        if is_ahead and window.desk.perform(booking.cancel, entry.visit_id, CancelReason.CLIENT_ILL):
            if window.is_offering:
                return
            window.desk.perform.undo()


def _staff(window: MainWindow) -> None:
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.services.leave()
    screen.show_part(STAFF)


def _terms(window: MainWindow) -> None:
    """A colleague who takes longer for a service, and asks less."""
    _staff(window)
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.staff.open(screen.staff.model.record(0))
    form = screen.staff.form
    if isinstance(form, StaffForm):
        row = next(row for row in form.rows.values() if row.box.isChecked())
        row.open_fields()
        if row.fields is not None:
            row.fields.working.setValue(row.fields.working.value() + 30)


def _rooms(window: MainWindow) -> None:
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.staff.leave()
    screen.show_part(ROOMS)
    if screen.rooms.model.rowCount():
        screen.rooms.open(screen.rooms.model.record(0))


def _questions(window: MainWindow) -> None:
    """What each client is asked once; the first of them feeds the figures."""
    screen = cast(CatalogueScreen, _go(window, screens.CATALOGUE))
    screen.rooms.leave()
    screen.show_part(QUESTIONS)
    screen.questions.open(screen.questions.model.record(0))


def _facts(window: MainWindow) -> None:
    cast(CatalogueScreen, _go(window, screens.CATALOGUE)).show_part(FACTS)


def _shifts(window: MainWindow) -> ShiftsScreen:
    screen = cast(ShiftsScreen, _go(window, screens.SHIFTS))
    screen.panel.close_panel()
    screen.refresh_if_stale()
    if not absences.standing(window.desk.salon.database, TODAY, TODAY + timedelta(days=30)):
        _plan_something(window, screen)
    screen.grid.choose(1, 17, 23)
    return screen


def _plan_something(window: MainWindow, screen: ShiftsScreen) -> None:
    """A vacation, a training and a split day, so that the month shows what it can."""
    perform, people = window.desk.perform, [one.staff_id for one in screen.people]
    for staff_id, day, days, kind in (
        (people[3], 18, 10, AbsenceKind.VACATION),
        (people[0], 28, 2, AbsenceKind.TRAINING),
    ):
        first = TODAY.replace(day=day)
        perform.attempt(absences.plan, absences.AbsencePlan(staff_id, first, first + timedelta(days=days - 1), kind))
    split = (Stretch(9 * 60, 13 * 60), Stretch(16 * 60, 20 * 60 + 30))
    perform.attempt(shifts.set_days, [DayWish(people[4], TODAY.replace(day=20), split)])
    offers = window.findChild(OfferCard)
    if offers is not None:
        offers.dismiss()  # the longer day is free for those who wait; that is another picture


def _unplanned(window: MainWindow) -> None:
    """The hours of one colleague were imported and end some day: nobody has planned a schedule."""
    _shifts(window)
    desk = window.desk
    nine_to_six = [WorkingHours(weekday, 9 * 60, 18 * 60) for weekday in range(5)]
    come = desk.perform(staff.add, _("Kira Belova"), _("nail master"), position=99)
    if come is not None:
        first = TODAY.replace(day=1)
        desk.perform(staff.plan_weeks, come.value, nine_to_six, first, first + timedelta(days=60))


def _schedule(window: MainWindow) -> None:
    screen = _shifts(window)
    screen.grid.stand_on(0, TODAY.day - 1)
    screen.plan_current()


def _absence(window: MainWindow) -> None:
    screen = _shifts(window)
    screen.plan_absence()


def _holidays(window: MainWindow) -> None:
    _shifts(window).show_holidays()


def _calls(window: MainWindow, staff_id: int) -> None:
    """A master is ill: beside the day stands whom to call."""
    _day(window)
    window.fall_ill(staff_id)


def _go(window: MainWindow, key: str) -> QWidget:
    _clear(window)
    return window.go(key)
