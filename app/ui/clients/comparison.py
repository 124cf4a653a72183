"""Two cards side by side: which one remains, what it says where they differ, and that the rest is kept anyway."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients import merging
from app.salon.clients.contacts import Reachable
from app.salon.clients.merging import Chosen, Side
from app.ui import sight
from app.ui.theme import FontRole
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.buttons import Button, ChoiceButton, PrimaryButton, QuietButton
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label, tip
from app.vocabulary import ContactKind

_LABEL_WIDTH, _WIDEST_CHOICE = 112, 190


class Comparison(QWidget):
    """Shows two cards and tells what is to become of them."""

    merge_wanted = Signal(int, int, object)
    """The card that remains, the one that is absorbed, and what was ``Chosen``."""
    apart_wanted = Signal(int, int)
    """They are two people."""
    family_wanted = Signal(int, int)
    """They are two people who belong together."""
    card_wanted = Signal(int)

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self._sides: tuple[Side, Side] | None = None
        self._picks: dict[str, QButtonGroup] = {}
        self.setAccessibleName(_("Two cards side by side"))
        self._grid_box = QWidget()
        self._grid = QGridLayout(self._grid_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self.merge = PrimaryButton(_("Merge the cards"))
        self.merge.clicked.connect(self._merge)
        self.family = Button(_("Family"), icon="users")
        self.family.clicked.connect(self._tell_family)
        self.apart = QuietButton(_("Not the same person"))
        self.apart.clicked.connect(self._tell_apart)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.merge, self.family, self.apart):
            buttons.addWidget(button)
        buttons.addStretch(1)
        kept = Label(
            _("Visits, payments, photos, formulas, answers and messages of both stay. Merging can be undone."),
            FontRole.SECONDARY,
            "muted",
            wrap=True,
        )
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(24, 20, 24, 20)
        column_of_all.setSpacing(16)
        column_of_all.addWidget(self._grid_box)
        column_of_all.addStretch(1)
        column_of_all.addWidget(kept)
        column_of_all.addLayout(buttons)

    # ---- showing ---------------------------------------------------------------------------------------------

    def show_sides(self, one: Side, other: Side, today: date) -> None:
        """Show two cards, with what is proposed chosen already."""
        stays, absorbed = merging.remains(one, other)
        self._sides = (stays, absorbed)
        proposed = merging.suggested(stays, absorbed)
        self._clear()
        self._show_heads(stays, absorbed)
        self._pick("name", _("Name"), str(stays.name), str(absorbed.name), first=proposed.name == stays.name)
        self._pick_known("birthday", _("Birthday"), _birthday(stays), _birthday(absorbed))
        self._pick("kind", _("Kind"), _kind(stays), _kind(absorbed), first=proposed.kind is stays.standing.kind)
        self._pick_known("reachable", _("How to reach"), _reached(stays.reachable), _reached(absorbed.reachable))
        self._pick_known("requisites", _("Requisites"), _papers(stays), _papers(absorbed))
        self._grid.addWidget(Rule(), self._grid.rowCount(), 0, 1, 3)
        for name, said in self._facts(today):
            words = (said(stays), said(absorbed))
            if any(words):
                self._line(name, [Label(text or wording.DASH, FontRole.BODY, wrap=True) for text in words])

    def picks(self, name: str) -> list[ChoiceButton]:
        """The two choices for what differs; nothing where the cards agree."""
        group = self._picks.get(name)
        return [] if group is None else [button for button in group.buttons() if isinstance(button, ChoiceButton)]

    @property
    def chosen(self) -> Chosen:
        """What the card that remains is to say."""
        assert self._sides is not None
        stays, absorbed = self._sides
        proposed = merging.suggested(stays, absorbed)
        first = {name: group.checkedId() == 0 for name, group in self._picks.items()}

        def of(name: str) -> Side | None:
            return None if name not in first else stays if first[name] else absorbed

        changes: dict[str, object] = {}
        for name in ("name", "birthday", "reachable", "requisites"):
            side = of(name)
            if side is not None:
                changes[name] = getattr(side, name)
        kind = of("kind")
        if kind is not None:
            changes["kind"] = kind.standing.kind
        return replace(proposed, **changes)

    def _show_heads(self, stays: Side, absorbed: Side) -> None:
        group = QButtonGroup(self._grid_box)
        heads: list[QWidget] = []
        for place, side in enumerate((stays, absorbed)):
            head = QWidget()
            column = QVBoxLayout(head)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(Avatar(side.name, 36))
            line.addWidget(Label(side.name, FontRole.HEADING, wrap=True), 1)
            column.addLayout(line)
            choice = ChoiceButton(_("This card remains"))
            choice.setCheckable(True)
            choice.setChecked(place == 0)
            group.addButton(choice, place)
            column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
            heads.append(head)
        self._picks["stays"] = group
        self._line("", heads)

    def _pick(self, key: str, name: str, mine: str, theirs: str, *, first: bool) -> None:
        """A line to choose from; where both say the same there is nothing to choose."""
        if mine == theirs:
            if mine:
                self._line(name, [Label(mine, FontRole.BODY, wrap=True) for _side in range(2)])
            return
        group = QButtonGroup(self._grid_box)
        choices: list[QWidget] = []
        for place, text in enumerate((mine, theirs)):
            choice = ChoiceButton("")
            choice.setText(choice.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST_CHOICE))
            choice.setAccessibleName(f"{name}: {text}")
            choice.setToolTip(tip(text))
            choice.setCheckable(True)
            choice.setChecked((place == 0) == first)
            group.addButton(choice, place)
            choices.append(choice)
        self._picks[key] = group
        self._line(name, choices)

    def _pick_known(self, key: str, name: str, mine: str, theirs: str) -> None:
        """A line to choose from where both cards say something; what only one knows is kept."""
        if mine and theirs:
            self._pick(key, name, mine, theirs, first=True)
        elif mine or theirs:
            self._line(name, [Label(text or wording.DASH, FontRole.BODY, wrap=True) for text in (mine, theirs)])

    def _line(self, name: str, widgets: list[QWidget]) -> None:
        row = self._grid.rowCount()
        is_choice = any(isinstance(widget, ChoiceButton) for widget in widgets)
        label = Label(name, FontRole.SECONDARY, "muted")
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(label, row, 0, middle if is_choice else Qt.AlignmentFlag.AlignTop)
        for column, widget in enumerate(widgets, 1):
            where = Qt.AlignmentFlag.AlignLeft if is_choice else Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(widget, row, column, where)

    def _facts(self, today: date) -> list[tuple[str, Callable[[Side], str]]]:
        """What is kept of both anyway."""

        def visits(side: Side) -> str:
            last = "" if side.last_visit is None else wording.short_date(side.last_visit, today)
            words = wording.visits(side.visits)
            return _("{visits}, last {day}").format(visits=words, day=last) if last else words

        def coming(side: Side) -> str:
            return "" if side.next_visit is None else wording.short_date(side.next_visit, today)

        def spent(side: Side) -> str:
            return wording.money(side.spent, self._currency) if side.spent and not sight.Here.hides_money else ""

        def photos(side: Side) -> str:
            return wording.number(side.photos) if side.photos else ""

        return [
            (_("Contacts"), _contacts),
            (_("Visits"), visits),
            (_("Next visit"), coming),
            (_("Spent"), spent),
            (_("Categories"), _categories),
            (_("Wishes"), _wishes),
            (_("Notes"), _notes),
            (_("Photos and files"), photos),
        ]

    def _clear(self) -> None:
        self._picks = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    # ---- telling ---------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        if self._sides is None:
            return
        stays, absorbed = self._sides
        if self._picks["stays"].checkedId() == 1:
            stays, absorbed = absorbed, stays
        self.merge_wanted.emit(stays.client_id, absorbed.client_id, self.chosen)

    def _tell_apart(self) -> None:
        if self._sides is not None:
            self.apart_wanted.emit(self._sides[0].client_id, self._sides[1].client_id)

    def _tell_family(self) -> None:
        if self._sides is not None:
            self.family_wanted.emit(self._sides[0].client_id, self._sides[1].client_id)


def _birthday(side: Side) -> str:
    return "" if side.birthday is None else wording.date_in_digits(side.birthday)


def _kind(side: Side) -> str:
    return wording.client_kind(side.standing.kind)


def _reached(wanted: Reachable) -> str:
    minutes = (wanted.from_minute, wanted.to_minute)
    hours = "–".join("" if minute is None else f"{minute // 60}:{minute % 60:02}" for minute in minutes)
    channel = "" if wanted.channel is None else wording.channel(wanted.channel)
    return ", ".join(part for part in (channel, hours if len(hours) > 1 else "") if part)


def _papers(side: Side) -> str:
    told = side.requisites
    return ", ".join(part for part in (told.legal_name, told.tax_number, told.account) if part)


def _contacts(side: Side) -> str:
    shown = [wording.phone(one.value) if one.kind is ContactKind.PHONE else one.typed for one in side.contacts]
    return "\n".join(shown)


def _categories(side: Side) -> str:
    return ", ".join(one.name for one in side.standing.categories)


def _wishes(side: Side) -> str:
    return side.wishes


def _notes(side: Side) -> str:
    return side.notes
