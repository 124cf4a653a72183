"""The details of the card: contacts of every kind, how to reach, the family, and how the client stands."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.salon.clients import categories, contacts, families, requisites, standing
from app.salon.clients.contacts import Reachable
from app.salon.transaction import carry_out
from app.ui.clients.card_page import CardPage
from app.ui.clients.card_panel import DETAILS, ClientCardPanel
from app.ui.clients.details_page import DetailsPage
from app.ui.clients.family_section import FamilySection
from app.ui.clients.reach_row import likes_in_words
from app.ui.clients.reach_section import ReachSection
from app.ui.clients.standing_section import StandingSection
from app.ui.widgets.category_pill import CategoryPill
from app.ui.widgets.pill import Pill
from app.vocabulary import Channel, ClientKind, ContactKind, RelationKind
from tests.ui.conftest import Counter

Key = Qt.Key


@pytest.fixture
def anna(counter: Counter) -> int:
    return counter.small.client("Анна Щёлкина", "8 912 345-67-89")


@pytest.fixture
def panel(qtbot: QtBot, counter: Counter, anna: int) -> Iterator[ClientCardPanel]:
    host = QWidget()
    qtbot.addWidget(host)
    made = ClientCardPanel(counter.desk, host)
    made.resize(400, 900)
    made.show_client(anna)
    made.open_page(DETAILS)
    host.resize(900, 900)
    host.show()
    host.activateWindow()
    yield made
    host.close()


@pytest.fixture
def details(panel: ClientCardPanel) -> DetailsPage:
    page = panel.page(DETAILS)
    assert isinstance(page, DetailsPage)
    return page


def section(details: DetailsPage, kind: type[CardPage]) -> CardPage:
    return next(one for one in details.sections if isinstance(one, kind))


def test_an_e_mail_and_a_messenger_beside_the_phone(qtbot: QtBot, counter: Counter, details: DetailsPage) -> None:
    phones = details.phones
    for kind, typed in ((ContactKind.EMAIL, "Anna@Mail.ru"), (ContactKind.TELEGRAM, "@anna_moscow")):
        phones.open_form()
        phones.form.kind.setCurrentIndex(phones.form.kind.findData(kind))
        phones.form.address.setText("это не адрес")
        qtbot.keyClick(phones.form.address, Key.Key_Return)
        assert phones.form.address_line.error
        phones.form.address.setText(typed)
        qtbot.keyClick(phones.form.address, Key.Key_Return)
    _phone, mail, telegram = phones.rows()
    mail.buttons["mail"].click()
    telegram.buttons["send"].click()
    assert counter.opener.links == ["mailto:anna@mail.ru", "https://t.me/anna_moscow"]


def test_another_phone_is_used_first(qtbot: QtBot, details: DetailsPage, panel: ClientCardPanel) -> None:
    details.phones.open_form()
    details.phones.form.phone.field.setText("8 903 111-22-33")
    qtbot.keyClick(details.phones.form.phone.field, Key.Key_Return)
    details.phones.rows()[1].buttons["star"].click()
    assert details.phones.rows()[0].accessibleName() == "+7\u00a0903\u00a0111-22-33"
    assert panel.card is not None
    assert panel.card.phone == "+79031112233"


def test_how_and_when_to_reach_is_kept_at_once(qtbot: QtBot, counter: Counter, details: DetailsPage, anna: int) -> None:
    reach = section(details, ReachSection)
    assert isinstance(reach, ReachSection)
    reach.channel.setCurrentIndex(reach.channel.findData(Channel.TELEGRAM))
    reach.channel.activated.emit(reach.channel.currentIndex())
    for field, typed in ((reach.begins, "18"), (reach.ends, "10")):
        field.setText(typed)
        qtbot.keyClick(field, Key.Key_Return)
    assert reach.hours_line.error == "Это время кончается раньше, чем начинается."
    reach.ends.setText("2030")
    qtbot.keyClick(reach.ends, Key.Key_Return)
    kept = contacts.reachable(counter.small.database, anna)
    assert kept == Reachable(Channel.TELEGRAM, 18 * 60, 20 * 60 + 30)
    assert likes_in_words(kept) == "лучше: Telegram · звонить 18:00–20:30"
    assert likes_in_words(Reachable(None, None, 600)) == "звонить до 10:00"


def test_a_relative_is_found_added_and_opened(
    counter: Counter, details: DetailsPage, panel: ClientCardPanel, anna: int
) -> None:
    maria = counter.small.client("Мария Ким")
    family = section(details, FamilySection)
    assert isinstance(family, FamilySection)
    family.open_form()
    assert [one.client_id for one in family.form._find("").clients] == [maria]
    family.form.add.click()
    assert family.form.who_line.error
    family.form.choose(maria)
    family.form.kind.setCurrentIndex(family.form.kind.findData(RelationKind.PARENT))
    family.form.may_book.setChecked(True)
    family.form.add.click()
    (row,) = family.rows()
    assert row.accessibleName() == "Мария Ким, мама или папа"
    row.is_booked_for.click()
    (relation,) = families.of_client(counter.small.database, maria)
    assert (relation.kind, relation.may_book, relation.is_booked_for) == (RelationKind.CHILD, True, True)
    family.rows()[0].name.click()
    assert panel.client_id == maria


def test_an_organisation_has_requisites_and_a_wrong_digit_is_said_beside_the_field(
    counter: Counter, details: DetailsPage, anna: int
) -> None:
    part = section(details, StandingSection)
    assert isinstance(part, StandingSection)
    assert not part.requisites.isVisibleTo(details)
    part.kind.setCurrentIndex(part.kind.findData(ClientKind.ORGANISATION))
    part.kind.activated.emit(part.kind.currentIndex())
    assert part.requisites.isVisibleTo(details)
    part.requisites.change.click()
    part.form.fields["legal_name"].setText("ООО «Невесты»")
    part.form.fields["tax_number"].setText("7707083894")
    part.form.confirm()
    assert part.form.lines["tax_number"].error == "ИНН «7707083894» с ошибкой: проверьте цифры."
    part.form.fields["tax_number"].setText("7707 083893")
    part.form.confirm()
    assert requisites.read(counter.small.database, anna).tax_number == "7707083893"
    assert "ИНН: 7707083893" in part.requisites.accessibleDescription()


def test_marks_stand_in_the_head_and_a_ban_needs_a_reason(
    counter: Counter, details: DetailsPage, panel: ClientCardPanel, anna: int
) -> None:
    brides = carry_out(counter.small.salon, categories.keep, None, "Невесты", 1).value
    panel.reload()
    part = section(details, StandingSection)
    assert isinstance(part, StandingSection)
    part.vip.click()
    part.choices[brides].click()
    counter.asker._answers.extend([None, "четыре неявки"])
    part.ban.ban.click()
    assert standing.read(counter.small.database, anna).do_not_book_reason == ""
    part.ban.ban.click()
    pills = [pill.text() for pill in panel.head.findChildren(Pill) if pill.isVisibleTo(panel)]
    assert "VIP" in pills
    assert [pill.name for pill in panel.head.findChildren(CategoryPill) if pill.isVisibleTo(panel)] == ["Невесты"]
    assert panel.head._ban.text() == "Не записывать: четыре неявки"
    part.ban.lift.click()
    assert not panel.head._ban.isVisibleTo(panel)
    counter.desk.perform.undo()
    assert panel.head._ban.isVisibleTo(panel)


def test_everything_has_a_name_and_finds_room(details: DetailsPage, panel: ClientCardPanel) -> None:
    for one in details.sections:
        for form in (getattr(one, "form", None),):
            if form is not None:
                form.show()
    details.phones.form.show()
    nameless = [
        child
        for child in details.findChildren(QWidget)
        if isinstance(child, QPushButton | QLineEdit)
        and child.isVisibleTo(details)
        and not child.accessibleName()
        and not (isinstance(child, QPushButton) and child.text())
    ]
    assert nameless == []
    assert details.minimumSizeHint().width() <= 352
