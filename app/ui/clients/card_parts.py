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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content: QWidget | None = None

    def show_card(self, card: ClientCard, today: date) -> None:
        """Show what is ahead of this client."""
        self._visit = card.next_visit
        content = self._booked(card.next_visit, today) if card.next_visit else self._due(card, today)
        if self._content is not None:
            self._content.hide()
            self._column.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content
        self._column.addWidget(content)
        # At once, not when the layout comes round to it: the card must not blink.
        content.show()
        self.setAccessibleName(content.accessibleName())

    def _booked(self, visit: CardVisit, today: date) -> QWidget:
        when = wording.weekday_and_date(visit.day, today)
        if (visit.day - today).days < 2:
            relative = wording.relative_day(visit.day, today)
            when = relative[:1].upper() + relative[1:]
        if visit.hour_known:
            when = f"{when}, {wording.clock_time(visit.services[0].starts_at)}"
        row = ListRow(when, services_of(visit), lead=_Sign("calendar"), state=Pill.of_status(visit.status))
        row.setToolTip(_("Show the visit in the calendar"))
        row.opened.connect(self._open)
        return row

    def _due(self, card: ClientCard, today: date) -> QWidget:
        heading, below, is_due = due_words(card, today)
        return _Words("bell-ring" if is_due else "history", heading, below, "warn" if is_due else "text")

    def _open(self) -> None:
        if self._visit is not None:
            self.visit_wanted.emit(self._visit.visit_id, self._visit.day)


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

    def __init__(self, icon: str, heading: str, below: str, tone: str) -> None:
        super().__init__()
        self.setMinimumHeight(60)
        self.setAccessibleName(". ".join(part for part in (heading, below) if part))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(ElidedLabel(heading, FontRole.STRONG, tone))
        if below:
            words.addWidget(ElidedLabel(below, FontRole.SECONDARY, "muted"))
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(_Sign(icon, tone), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)


class _Sign(QWidget):
    """An icon in the colour of a tone."""

    def __init__(self, icon: str, tone: str = "accent") -> None:
        super().__init__()
        self._icon_name, self._tone = icon, tone
        self.setFixedSize(20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        worn = theme.current()
        colour = worn.muted if self._tone == "text" else worn.colour(self._tone)
        painter = QPainter(self)
        painter.drawPixmap(QPointF(0, 0), icons.pixmap(self._icon_name, colour, 20, self.devicePixelRatioF()))


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
            (interval, _("own rhythm")),
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
        self._figure = ElidedLabel("", FontRole.HEADING)
        self._words = ElidedLabel("", FontRole.SMALL, "muted")
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
        self._last = ElidedLabel("", FontRole.SECONDARY, "muted")
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
