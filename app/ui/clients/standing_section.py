"""How the client stands with the salon: kind, VIP, categories, requisites, and whether the salon books them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients import categories, requisites, standing
from app.salon.clients.card import ClientCard
from app.salon.clients.requisites import Requisites
from app.salon.clients.standing import Standing
from app.ui.clients.begun import Begun, begun_in
from app.ui.clients.card_page import CardPage
from app.ui.clients.requisites_form import RequisitesForm, RequisitesView
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.buttons import Button, ChoiceButton
from app.ui.widgets.choice_box import ChoiceBox
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import Label
from app.vocabulary import ClientKind


class StandingSection(CardPage):
    """Kept at once when it is changed; a ban asks for its reason."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._standing = Standing(ClientKind.PERSON, is_vip=False, do_not_book_reason="", categories=())
        self.kind = ChoiceBox(self)
        for kind in ClientKind:
            self.kind.addItem(wording.client_kind(kind), kind)
        self.kind.activated.connect(self._set_kind)
        self.vip = QCheckBox(_("VIP: special care"))
        self.vip.clicked.connect(self._set_vip)
        self.choices: dict[int, ChoiceButton] = {}
        box = QWidget()
        self._flow = FlowLayout(box, spacing=6)
        self._box = box
        self._none = Label(_("No categories yet: they are made in the Salon screen."), tone="muted", wrap=True)
        self.requisites = RequisitesView(self)
        self.requisites.change_wanted.connect(self._open_form)
        self.form = RequisitesForm(self)
        self.form.confirmed.connect(self._keep_requisites)
        self.form.given_up.connect(self._close_form)
        self.form.hide()
        self.ban = BanRow()
        self.ban.ban_wanted.connect(self._ban)
        self.ban.lift_wanted.connect(self._lift)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FieldLine(_("Kind of client"), self.kind, parent=self))
        column.addWidget(self.requisites)
        column.addWidget(self.form)
        column.addWidget(Label(_("Categories"), FontRole.SECONDARY, "muted"))
        column.addWidget(self._box)
        column.addWidget(self._none)
        column.addWidget(self.vip)
        column.addWidget(self.ban)

    def show_card(self, card: ClientCard) -> None:
        """Show how this client stands."""
        if self.card is not None and self.card.client_id != card.client_id:
            self._close_form()
        super().show_card(card)
        database = self.desk.salon.database
        self._standing = standing.read(database, card.client_id)
        self.kind.setCurrentIndex(self.kind.findData(self._standing.kind))
        self.vip.setChecked(self._standing.is_vip)
        self._show_categories()
        self._show_requisites(requisites.read(database, card.client_id))
        self.ban.show_reason(self._standing.do_not_book_reason)

    @property
    def begun(self) -> list[Begun]:
        """Requisites that were begun."""
        return begun_in(self.form, self._open_form)

    def leave(self) -> None:
        """Put the form away."""
        self._close_form()

    def _show_categories(self) -> None:
        mine = {one.category_id for one in self._standing.categories}
        listed = categories.offered(self.desk.salon.database)
        self._flow.clear()
        self.choices = {}
        for one in listed:
            choice = ChoiceButton(one.name)
            choice.setCheckable(True)
            choice.setChecked(one.category_id in mine)
            choice.clicked.connect(self._set_categories)
            self._flow.addWidget(choice)
            self.choices[one.category_id] = choice
        self._box.setVisible(bool(listed))
        self._none.setVisible(not listed)

    def _show_requisites(self, kept: Requisites) -> None:
        is_needed = self._standing.kind is not ClientKind.PERSON or not kept.is_empty
        self.requisites.show_requisites(kept)
        self.requisites.setVisible(is_needed and self.form.isHidden())

    def _set_kind(self) -> None:
        kind = ClientKind(self.kind.currentData())
        self.do(standing.set_kind, kind, said=_("The card is of: {kind}").format(kind=wording.client_kind(kind)))

    def _set_vip(self) -> None:
        is_vip = self.vip.isChecked()
        said = _("Marked as VIP") if is_vip else _("The VIP mark is off")
        self.do(partial(standing.set_vip, is_vip=is_vip), said=said)

    def _set_categories(self) -> None:
        chosen = [category_id for category_id, choice in self.choices.items() if choice.isChecked()]
        self.do(categories.set_of_client, chosen, said=_("Categories are kept"))

    def _open_form(self) -> RequisitesForm:
        self.requisites.hide()
        self.form.begin(self.requisites.kept)
        self.form.show()
        self.form.focus_first()
        return self.form

    def _close_form(self) -> None:
        self.form.hide()
        if self.card is not None:
            self._show_requisites(self.requisites.kept)

    def _keep_requisites(self, told: Requisites) -> None:
        self.form.hide()
        self.do(requisites.keep, told, said=_("Requisites are kept"))
        if self.card is not None:
            self._show_requisites(requisites.read(self.desk.salon.database, self.card.client_id))

    def _ban(self) -> None:
        from app.ui.asking import Question

        if self.card is None:
            return
        question = Question(
            _("Book {name} no more?").format(name=self.card.name),
            _("Whoever books sees the reason; booking all the same needs a reason of its own."),
            _("Do not book"),
        )
        suggestions = [_("Did not come several times"), _("Was rude to a master"), _("Does not pay")]
        reason = self.desk.asker.ask_reason(question, suggestions)
        if reason:
            self.do(standing.do_not_book, reason, said=_("{name} is not to be booked").format(name=self.card.name))

    def _lift(self) -> None:
        if self.card is not None:
            self.do(standing.book_again, said=_("{name} may be booked again").format(name=self.card.name))


class BanRow(QFrame):
    """Whether the salon books this client, and why not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ban = Button(_("Do not book…"), icon="ban")
        self.lift = Button(_("Book again"))
        self.ban_wanted, self.lift_wanted = self.ban.clicked, self.lift.clicked
        self._reason = Label("", FontRole.STRONG, "danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._reason, 1)
        row.addWidget(self.ban)
        row.addWidget(self.lift)
        row.addStretch(0)

    def show_reason(self, reason: str) -> None:
        """Show why the client is not booked; an empty reason: they are."""
        self._reason.setText(_("Do not book: {reason}").format(reason=reason) if reason else "")
        self._reason.setVisible(bool(reason))
        self.ban.setVisible(not reason)
        self.lift.setVisible(bool(reason))
        self.layout().setAlignment(self.ban, Qt.AlignmentFlag.AlignLeft)
