"""The log of those whom the salon could not take, with its numbers for the owner."""

from datetime import timedelta
from functools import cached_property, partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _, ngettext
from app.salon.scheduling import turn_aways
from app.salon.scheduling.turn_aways import TurnAwayCounts, TurnAwayLine
from app.ui import theme
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.card import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.label import ElidedLabel, Label
from app.ui.widgets.list_row import ListRow
from app.ui.widgets.scroll_page import ScrollPage
from app.ui.widgets.segmented_control import SegmentedControl

PERIODS = {"month": 30, "quarter": 90, "year": 365}
_MOST_COUNTED = 5
_MOST_LINES = 200


class TurnAwayPart(QWidget):
    """Three short tables and the lines below them, for a chosen period."""

    client_wanted = Signal(int)
    log_wanted = Signal()
    """Somebody wants to log a turn-away."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(_("Turned away"))
        self._stack = QStackedLayout(self)
        self._scroll = ScrollPage(self)
        self._stack.addWidget(self._scroll)
        content = self._scroll.content
        self.period = SegmentedControl(
            _("Period"), [("month", _("30 days")), ("quarter", _("90 days")), ("year", _("a year"))], content
        )
        self.period.chosen.connect(self.reload)
        self.counts = QHBoxLayout()
        self.counts.setSpacing(16)
        self._lines = Card(padding=6, parent=content)
        self._lines.body.setSpacing(0)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
        inside.setSpacing(16)
        inside.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(self.counts)
        inside.addWidget(self._lines)
        inside.addStretch(1)

    @cached_property
    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "circle-x",
            _("Nobody was turned away"),
            _("When you cannot take somebody, log it with Ctrl+T and a digit: you will see which hours are lacking."),
            action=_("Log a turn-away"),
            is_echo=True,
            parent=self,
        )
        empty.acted.connect(self.log_wanted)
        self._stack.addWidget(empty)
        return empty

    def reload(self, _period: object = None) -> None:
        """Read the log of the period."""
        salon = self._desk.salon
        today = salon.today()
        first = today - timedelta(days=PERIODS[self.period.choice] - 1)
        lines = turn_aways.listed(salon.database, first, today, salon.profile.zone)
        self._show_counts(turn_aways.counted(lines))
        self._show_lines(lines)
        is_bare = not lines and self.period.choice == "month"
        self._stack.setCurrentWidget(self._empty if is_bare else self._scroll)

    @property
    def rows(self) -> list[ListRow]:
        """The lines, from top to bottom."""
        return self._lines.findChildren(ListRow)

    def _show_counts(self, counts: TurnAwayCounts) -> None:
        while (item := self.counts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        hours = [(_hour(hour), count) for hour, count in counts.by_hour]
        services = [(name or _("service not named"), count) for name, count in counts.by_service]
        reasons = [(wording.turn_away_reason(reason), count) for reason, count in counts.by_reason]
        for heading, table in ((_("Why"), reasons), (_("Which service"), services), (_("Which hour"), hours)):
            self.counts.addWidget(_Table(heading, table, counts.total), 1)

    def _show_lines(self, lines: list[TurnAwayLine]) -> None:
        body = self._lines.body
        while (item := body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for line in lines[:_MOST_LINES]:
            name = wording.client_name(line.client_name, line.client_id)
            row = ListRow(name, self._what(line), when=self._when(line))
            if line.client_id is not None:
                row.opened.connect(partial(self.client_wanted.emit, line.client_id))
            body.addWidget(row)
        self._lines.setVisible(bool(lines))

    def _what(self, line: TurnAwayLine) -> str:
        today = self._desk.salon.today()
        wished = []
        if line.wished_day is not None:
            wished.append(wording.weekday_and_date(line.wished_day, today))
        if line.wished_minute is not None:
            wished.append(f"{line.wished_minute // 60}:{line.wished_minute % 60:02}")
        parts = [
            wording.turn_away_reason(line.reason),
            line.service_name,
            wording.short_name(line.staff_name) if line.staff_name else "",
            _("wanted {when}").format(when=", ".join(wished)) if wished else "",
            line.note,
        ]
        return " · ".join(part for part in parts if part)

    def _when(self, line: TurnAwayLine) -> str:
        today = self._desk.salon.today()
        return f"{wording.short_date(line.at.date(), today)}, {wording.clock_time(line.at)}"


class _Table(Card):
    """The most frequent answers to one question, with whole numbers."""

    def __init__(self, heading: str, rows: list[tuple[str, int]], total: int) -> None:
        super().__init__(heading, padding=16)
        self.body.setSpacing(6)
        for name, count in rows[:_MOST_COUNTED]:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(ElidedLabel(name), 1)
            line.addWidget(
                Label(f"{wording.number(count)}{wording.NBSP}/{wording.NBSP}{wording.number(total)}", FontRole.STRONG)
            )
            self.body.addLayout(line)
        left = len(rows) - _MOST_COUNTED
        if left > 0:
            said = ngettext("and {n} more", "and {n} more", left).format(n=wording.number(left))
            self.body.addWidget(Label(said, FontRole.SECONDARY, "muted"))
        if not rows:
            self.body.addWidget(Label(_("nothing yet"), FontRole.SECONDARY, "muted"))
        self.body.addStretch(1)


def _hour(hour: int | None) -> str:
    return _("hour not named") if hour is None else f"{hour}:00–{hour + 1}:00"
