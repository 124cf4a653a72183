"""What an organisation is called in papers, and where its money is; its numbers are checked by their check digits."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app import models
from app.errors import BadRequisite
from app.models.connection import Database
from app.salon.clients import check_digits, register
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, RequisiteField

LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Requisites:
    """The requisites of an organisation or a sole trader; whatever is not known is empty."""

    legal_name: str = ""
    tax_number: str = ""
    """ИНН."""
    tax_reason_code: str = ""
    """КПП."""
    register_number: str = ""
    """ОГРН or ОГРНИП."""
    bank_name: str = ""
    bank_code: str = ""
    """БИК."""
    account: str = ""
    correspondent_account: str = ""
    address: str = ""
    contact_person: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self == _NOTHING


_NOTHING = Requisites()

_NUMBERS: dict[RequisiteField, Callable[[str, str], bool]] = {
    RequisiteField.TAX_NUMBER: lambda number, _bank: check_digits.is_tax_number(number),
    RequisiteField.TAX_REASON_CODE: lambda code, _bank: check_digits.is_tax_reason_code(code),
    RequisiteField.REGISTER_NUMBER: lambda number, _bank: check_digits.is_register_number(number),
    RequisiteField.BANK_CODE: lambda code, _bank: check_digits.is_bank_code(code),
    RequisiteField.ACCOUNT: check_digits.is_account,
    RequisiteField.CORRESPONDENT_ACCOUNT: check_digits.is_correspondent_account,
}


def problem(field: RequisiteField, typed: str, bank_code: str = "") -> BadRequisite | None:
    """Why a number cannot be right, or None; an empty one is not known yet. Accounts are checked with their БИК."""
    number = check_digits.plain(typed).upper()
    if not number or _NUMBERS[field](number, check_digits.plain(bank_code)):
        return None
    return BadRequisite(field, typed.strip())


def checked(told: Requisites) -> Requisites:
    """``told`` as it is kept: numbers without spaces. Raises BadRequisite, TextTooLong."""
    numbers: dict[str, str] = {}
    for field in RequisiteField:
        typed = getattr(told, field.value)
        wrong = problem(field, typed, told.bank_code)
        if wrong is not None:
            raise wrong
        numbers[field.value] = check_digits.plain(typed).upper()
    return replace(
        told,
        legal_name=text(told.legal_name, LONGEST_LINE),
        bank_name=text(told.bank_name, LONGEST_LINE),
        address=text(told.address, LONGEST_LINE),
        contact_person=text(told.contact_person, LONGEST_LINE),
        **numbers,
    )


def keep(work: Work, client_id: int, told: Requisites) -> None:
    """Keep the requisites of a client. Raises BadRequisite, TextTooLong, Gone."""
    kept = checked(told)
    values = {name: getattr(kept, name) for name in Requisites.__dataclass_fields__}
    standing = work.database.value("SELECT id FROM requisites WHERE client_id = ?", (client_id,))
    if standing is None and kept.is_empty:
        return
    work.tell(Action.CLIENT_CHANGED, client=client_id)
    if standing is None:
        work.insert(models.Requisites, client=client_id, **values)
    else:
        work.update(models.Requisites, int(standing), **values)
        work.notes.clients.add(client_id)
    register.refresh_search(work, client_id)


def read(database: Database, client_id: int) -> Requisites:
    """The requisites of a client; empty when none are known."""
    columns = ", ".join(Requisites.__dataclass_fields__)
    row = database.row(f"SELECT {columns} FROM requisites WHERE client_id = ?", (client_id,))
    return Requisites() if row is None else Requisites(*row)
