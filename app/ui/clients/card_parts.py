"""Parts of the card: the next visit or that one is due, the facts in figures, and booking again."""

from datetime import date

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.clients.card import CardVisit, ClientCard
from app.salon.clients.glance import Glance, UsualMaster
from app.ui import icons, theme
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.list_row import ListRow
from app.ui.widgets.pill import Pill
from app.vocabulary import VisitStatus


def services_of(visit: CardVisit) -> str:
    """The services of a visit and who does them, in one line."""
    services = ", ".join(service.service_name for service in visit.services)
    masters = wording.listed(list(dict.fromkeys(service.staff_name for service in visit.services)))
    return f"{services} · {masters}"


class ComingVisit(QFrame):
    """When the client comes next; without a booking, when they are due by their own rhythm."""

    visit_wanted = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self._visit: CardVisit | None = None
        self._status = Pill.of_status(VisitStatus.BOOKED)
        self._booked = ListRow("", "", lead=_Sign("calendar"), state=self._status, parent=self)
        self._booked.setToolTip(_("Show the visit in the calendar"))
        self._booked.opened.connect(self._open)
        self._due = _Words(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._booked)
        column.addWidget(self._due)

    def show_card(self, card: ClientCard, today: date) -> None:
        """Show what is ahead of this client."""
        self._visit = visit = card.next_visit
        if visit is not None:
            self._booked.say(_when(visit, today), services_of(visit))
            self._status.set_status(visit.status)
        else:
            self._due.say(*due_words(card, today))
        self._booked.setVisible(visit is not None)
        self._due.setVisible(visit is None)
        self.setAccessibleName((self._due if visit is None else self._booked).accessibleName())

    def _open(self) -> None:
        if self._visit is not None:
            self.visit_wanted.emit(self._visit.visit_id, self._visit.day)


def _when(visit: CardVisit, today: date) -> str:
    day = wording.weekday_and_date(visit.day, today)
    if (visit.day - today).days < 2:
        relative = wording.relative_day(visit.day, today)
        day = relative[:1].upper() + relative[1:]
    return f"{day}, {wording.clock_time(visit.services[0].starts_at)}" if visit.hour_known else day


def due_words(card: ClientCard, today: date) -> tuple[str, str, bool]:
    """What to say of a client without a booking: heading, the reason below it, and whether they are due."""
    if card.due_on is None or card.expected_days is None:
        return _("No booking ahead"), "", False
    rhythm = (
        ngettext("Usually comes every {n} day", "Usually comes every {n} days", card.expected_days)
        if card.interval_days is not None
        else ngettext(
            "By the price list, again after {n} day", "By the price list, again after {n} days", card.expected_days
        )
    ).format(n=card.expected_days)
    is_due = today >= card.due_on
    day = wording.short_date(card.due_on, today)
    heading = _("Due since {day}").format(day=day) if is_due else _("Expected about {day}").format(day=day)
    return heading, rhythm, is_due


class _Words(QWidget):
    """A sign with a heading and a line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumHeight(60)
        self._sign = _Sign("history", parent=self)
        self._heading = ElidedLabel("", FontRole.STRONG, parent=self)
        self._below = ElidedLabel("", FontRole.SECONDARY, "muted", parent=self)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._heading)
        words.addWidget(self._below)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)

    def say(self, heading: str, below: str, is_due: bool) -> None:
        """Say whether it is time to come again, and why."""
        self._sign.draw(*(("bell-ring", "warn") if is_due else ("history", "muted")))
        self._heading.setText(heading)
        self._heading.set_tone("warn" if is_due else "text")
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.setAccessibleName(". ".join(part for part in (heading, below) if part))


class _Sign(QWidget):
    """An icon in the colour of a token."""

    def __init__(self, icon: str, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name, self._tone = icon, tone
        self.setFixedSize(20, 20)

    def draw(self, icon: str, tone: str) -> None:
        """Show another icon."""
        self._icon_name, self._tone = icon, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        mark = icons.pixmap(self._icon_name, theme.current().colour(self._tone), 20, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPointF(0, 0), mark)


class FactRow(QWidget):
    """The client in figures; one that says nothing takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts = [_Fact(self) for _each in range(5)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(12)
        for column, share in enumerate((4, 4, 5)):
            self._grid.setColumnStretch(column, share)
        for place, fact in enumerate(self._facts):
            self._grid.addWidget(fact, *divmod(place, _FACTS_A_ROW))

    def show_facts(self, card: ClientCard, glance: Glance, currency: str) -> None:
        """Show the figures of this client."""
        interval = wording.DASH if card.interval_days is None else wording.days(card.interval_days)
        said = [
            (wording.number(card.completed), _("visits")),
            *([] if card.spent is None else [(wording.money(card.spent, currency), _("spent"))]),
            (interval, _("usual interval")),
        ]
        if glance.usual_master is not None:
            said.append(_usual(glance.usual_master))
        if glance.bonus and card.spent is not None:
            said.append((wording.money(glance.bonus, currency), _("bonuses")))
        for place, fact in enumerate(self._facts):
            fact.setVisible(place < len(said))
            if place < len(said):
                fact.show_figure(*said[place])


_FACTS_A_ROW = 3


def _usual(master: UsualMaster) -> tuple[str, str]:
    """Who serves the client, and in how many of the last visits."""
    words = _("usually, {n} of {visits}").format(n=master.times, visits=master.visits)
    return wording.short_name(master.name), words


class _Fact(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._figure = ElidedLabel("", FontRole.HEADING, parent=self)
        self._words = ElidedLabel("", FontRole.SMALL, "muted", parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._figure)
        column.addWidget(self._words)

    def show_figure(self, figure: str, words: str) -> None:
        """Show a figure and what it is."""
        self._figure.setText(figure)
        self._words.setText(words)
        self.setAccessibleName(f"{words}: {figure}")


class BookingFoot(QFrame):
    """Booking again, with what "again" means."""

    again_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "foot")
        self._last = ElidedLabel("", FontRole.SECONDARY, "muted", parent=self)
        self.again = PrimaryButton(_("Book as last time"), icon="repeat", parent=self)
        self.again.clicked.connect(self.again_wanted)
        self.first = PrimaryButton(_("Book a visit"), icon="calendar-plus", parent=self)
        self.first.clicked.connect(self.new_wanted)
        self.other = Button(_("Other services"), parent=self)
        self.other.clicked.connect(self.new_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again, 1)
        buttons.addWidget(self.first, 1)
        buttons.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 20)
        column.setSpacing(8)
        column.addWidget(self._last)
        column.addLayout(buttons)

    def show_card(self, card: ClientCard) -> None:
        """Offer to repeat the last visit, where there was one."""
        last = card.last_visit
        self._last.setText("" if last is None else services_of(last))
        self._last.setVisible(last is not None)
        self.again.setVisible(last is not None)
        self.other.setVisible(last is not None)
        self.first.setVisible(last is None)
