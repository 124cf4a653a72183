"""Who belongs to the client: family, friends, an assistant; and who may book for whom."""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.errors import Gone
from app.language import _
from app.salon.clients import card as cards, families, finder, register
from app.salon.clients.card import ClientCard
from app.salon.clients.families import Relation
from app.salon.clients.finder import Answer
from app.ui import sight, theme
from app.ui.clients.begun import Begun
from app.ui.clients.card_page import CardPage
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton, QuietButton, answers
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.client_search import ClientSearch
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.label import ElidedLabel, Label
from app.vocabulary import RelationKind


class FamilySection(CardPage):
    """The relatives, each with their card one click away, and the small form that adds one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._nobody = Label(_("Nobody yet. Families share phones and book for each other."), tone="muted", wrap=True)
        self.add_button = QuietButton(_("Add a relative"), icon="plus", parent=self)
        theme.dress(self.add_button, kind="link")
        self.add_button.clicked.connect(self.open_form)
        self.form = RelativeForm(desk, self)
        self.form.confirmed.connect(self._add)
        self.form.given_up.connect(self.close_form)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._nobody)
        column.addLayout(self._rows)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.form)

    def show_card(self, card: ClientCard) -> None:
        """Show who belongs to this client."""
        super().show_card(card)
        found = families.of_client(self.desk.salon.database, card.client_id)
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for relation in found:
            row = RelativeRow(relation, self)
            row.card_wanted.connect(self.client_wanted)
            row.changed.connect(self._change)
            row.removed.connect(self._separate)
            self._rows.addWidget(row)
            row.show()
        self._nobody.setVisible(not found and self.form.isHidden())
        self.form.follow_card()

    def rows(self) -> "list[RelativeRow]":
        """The relatives from top to bottom."""
        items = (self._rows.itemAt(index) for index in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), RelativeRow)]

    @property
    def begun(self) -> list[Begun]:
        """A relative who was chosen and not added yet."""
        form = self.form
        if form.isHidden() or not form.chosen:
            return []
        name, who = form.accessibleName(), form.search.text
        said = _("{field}: “{text}”").format(field=name, text=who)
        return [Begun([(name, who)], [said], partial(self._take_up, *form.told), form.chosen)]

    def _take_up(self, relative_id: int, kind: RelationKind, may_book: bool, is_booked_for: bool) -> bool:
        """Go on with a relative, on whichever card they are now; False where undo took their card away."""
        database = self.desk.salon.database
        relative = cards.where_it_belongs(database, relative_id)
        try:
            register.name_of(database, relative or 0)
        except Gone:
            return False
        self.open_form()
        self.form.go_on(relative or 0, kind, may_book, is_booked_for)
        return True

    def leave(self) -> None:
        """Put the form away."""
        self.close_form()

    def open_form(self) -> "RelativeForm":
        """Begin another relative."""
        self.add_button.hide()
        self._nobody.hide()
        self.form.show()
        self.form.begin(0 if self.card is None else self.card.client_id)
        return self.form

    def close_form(self) -> None:
        """Put the form away."""
        self.form.hide()
        self.add_button.show()
        self._nobody.setVisible(not self.rows())

    def _add(self, relative_id: int, kind: RelationKind, may_book: bool, is_booked_for: bool) -> None:
        self.close_form()
        self._relate(relative_id, kind, may_book, is_booked_for)

    def _change(self, relative_id: int, kind: RelationKind, may_book: bool, is_booked_for: bool) -> None:
        self._relate(relative_id, kind, may_book, is_booked_for)

    def _relate(self, relative_id: int, kind: RelationKind, may_book: bool, is_booked_for: bool) -> None:
        operation = partial(families.relate, may_book=may_book, is_booked_for=is_booked_for)
        self.do(operation, relative_id, kind, said=_("The relation stands on both cards"))

    def _separate(self, relative_id: int) -> None:
        self.do(families.separate, relative_id, said=_("The relation is taken off both cards"))


class RelativeRow(QWidget):
    """One relative: who they are to the client, and who may book for whom."""

    card_wanted = Signal(int)
    changed = Signal(int, object, bool, bool)
    """The relative, the ``RelationKind``, whether they may book for the client, and the other way."""
    removed = Signal(int)

    def __init__(self, relation: Relation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relation = relation
        said = wording.relation_kind(relation.kind)
        self.setAccessibleName(f"{relation.name}, {said}")
        below = " · ".join(part for part in (said, wording.phone(relation.phone) if relation.phone else "") if part)
        self.name = LinkButton(relation.name)
        self.name.set_tip(_("Client card"))
        self.name.clicked.connect(self._open)
        self.may_book = QCheckBox(_("Books for this client"))
        self.may_book.setChecked(relation.may_book)
        self.is_booked_for = QCheckBox(_("This client books for them"))
        self.is_booked_for.setChecked(relation.is_booked_for)
        for box in (self.may_book, self.is_booked_for):
            box.clicked.connect(self._change)
        gone = IconButton("x", _("Take {name} off the card").format(name=relation.name))
        gone.clicked.connect(self._remove)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        words.addWidget(ElidedLabel(below, FontRole.SECONDARY, "muted"))
        words.addSpacing(4)
        words.addWidget(self.may_book)
        words.addWidget(self.is_booked_for)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Avatar(relation.name, 36), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(gone, 0, Qt.AlignmentFlag.AlignTop)

    def _open(self) -> None:
        self.card_wanted.emit(self.relation.client_id)

    def _change(self) -> None:
        relation = self.relation
        may_book, is_booked_for = self.may_book.isChecked(), self.is_booked_for.isChecked()
        self.changed.emit(relation.client_id, relation.kind, may_book, is_booked_for)

    def _remove(self) -> None:
        self.removed.emit(self.relation.client_id)


class RelativeForm(QFrame):
    """Who it is, found like any client, and who they are to this one."""

    confirmed = Signal(int, object, bool, bool)
    given_up = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._of = 0
        self.chosen = 0
        """The client who was chosen; 0 for nobody yet."""
        self.setProperty("kind", "card")
        self.setAccessibleName(_("New relative"))
        self.search = ClientSearch(self._find, desk.salon.today())
        self.search.chosen.connect(self.choose)
        self.search.field.textEdited.connect(self._choose_anew)
        self.who_line = FieldLine(_("Who it is"), self.search, parent=self)
        self.kind = ChoiceBox()
        for kind in RelationKind:
            said = wording.relation_kind(kind)
            self.kind.addItem(said[:1].upper() + said[1:], kind)
        self.may_book = QCheckBox(_("Books for this client"))
        self.is_booked_for = QCheckBox(_("This client books for them"))
        self.add = PrimaryButton(_("Add the relative"))
        self.add.clicked.connect(self._confirm)
        give_up = QuietButton(_("Cancel"), key=_("Esc"))
        give_up.clicked.connect(self.given_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.who_line)
        column.addWidget(FieldLine(_("Who they are to this client"), self.kind))
        column.addWidget(self.may_book)
        column.addWidget(self.is_booked_for)
        column.addLayout(answers(self.add, give_up))

    def begin(self, client_id: int) -> None:
        """Begin anew for this client, with the cursor in the search."""
        self._of, self.chosen = client_id, 0
        self.search.clear()
        self.who_line.set_hint("")
        self.who_line.set_error("")
        self.kind.setCurrentIndex(0)
        for box in (self.may_book, self.is_booked_for):
            box.setChecked(False)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, client_id: int) -> None:
        """This client it is."""
        self.chosen = client_id
        self.search.field.setText(register.name_of(self._desk.salon.database, client_id))
        self.search.close_list()
        self.who_line.set_error("")
        self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def follow_card(self) -> None:
        """Whoever was chosen may be called otherwise by now, be another card, or be forgotten: then it is nobody."""
        if not self.chosen:
            return
        database = self._desk.salon.database
        card = cards.where_it_belongs(database, self.chosen)
        if card is None or card == self._of:
            self.chosen = 0
            self.search.clear()
            self.who_line.set_error(_("Choose a client who has a card."))
            return
        with suppress(Gone):  # undo took the card away, and may bring it back
            self.chosen, name = card, register.name_of(database, card)
            self.search.field.setText(name)

    def _choose_anew(self) -> None:
        self.chosen = 0

    def go_on(self, client_id: int, kind: RelationKind, may_book: bool, is_booked_for: bool) -> None:
        """Go on with what was told of a relative before."""
        self.choose(client_id)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.may_book.setChecked(may_book)
        self.is_booked_for.setChecked(is_booked_for)

    @property
    def told(self) -> tuple[int, RelationKind, bool, bool]:
        """Who it is, who they are to this client, and who books for whom."""
        kind = RelationKind(self.kind.currentData())
        return self.chosen, kind, self.may_book.isChecked(), self.is_booked_for.isChecked()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _find(self, typed: str) -> Answer:
        found = finder.answer(
            self._desk.salon.database, typed, self._desk.salon.today(), hides_contacts=sight.hides_phones(self._desk)
        )
        return found.without(self._of)

    def _confirm(self) -> None:
        if not self.chosen:
            self.who_line.set_error(_("Choose a client who has a card."))
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.confirmed.emit(*self.told)
