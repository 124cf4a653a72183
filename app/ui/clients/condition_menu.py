"""The menu that adds a condition to the list of clients."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app import wording
from app.language import _
from app.salon.clients.conditions import Between, Conditions
from app.salon.clients.segments import Choice, Choices
from app.ui import sight
from app.ui.clients import condition_words as words
from app.ui.widgets.menu import Menu
from app.vocabulary import BirthdaySoon, RhythmState

Take = Callable[[Conditions], None]
Ask = Callable[[str], None]

_AWAY_DAYS, _WITHIN_DAYS = (30, 60, 90, 180, 365), (7, 30, 90, 365)
_VISITS = (Between(0, 0), Between(1, 1), Between(2), Between(5), Between(10))
_SPENT = (500_000, 1_500_000, 3_000_000, 10_000_000)
_FEW = 12
"""More choices than that are grouped."""


class ConditionMenu(Menu):
    """Each line sets one condition; what can be had several times is ticked."""

    def __init__(
        self,
        conditions: Conditions,
        choices: Choices,
        currency: str,
        take: Take,
        ask: Ask,
        parent: QWidget | None = None,
    ) -> None:
        """``take`` is told the conditions with what was chosen; ``ask`` which condition gets ends of one's own."""
        super().__init__(_("Condition"), parent)
        self._conditions = conditions
        self._take = take
        self._ask = ask
        self._add_rhythm()
        last = self._submenu(_("Last visit"))
        for between in (*(Between(days) for days in _AWAY_DAYS), *(Between(None, days) for days in _WITHIN_DAYS)):
            self._offer(last, words.last_visit(between), "last_visit", between)
        self._offer_own(last, _("Another number of days…"), "last_visit")
        self._offer_own(last, _("Between two dates…"), "last_day")
        often = self._submenu(_("Visits"))
        for between in _VISITS:
            self._offer(often, words.visits(between), "visits", between)
        self._offer_own(often, _("Another number…"), "visits")
        if not sight.Here.hides_money:
            paid = self._submenu(_("Spent"))
            for amount in _SPENT:
                self._offer(paid, words.spent(Between(amount), currency), "spent", Between(amount))
            self._offer_own(paid, _("Another amount…"), "spent")
        self._add_named(_("Service"), "services", choices.services)
        self._add_named(_("Master"), "masters", choices.masters)
        self._add_named(_("Category"), "categories", choices.categories)
        self._add_named(_("How they found us"), "sources", choices.sources)
        birthday = self._submenu(_("Birthday"))
        for soon in BirthdaySoon:
            self._offer(birthday, wording.birthday_soon(soon), "birthday", soon)
        consent = self._submenu(_("Consent"))
        for may in (True, False):
            self._offer(consent, words.advertising(may=may), "advertising", may)
        for is_vip in (True,):
            self._offer(self, words.vip(is_vip=is_vip), "is_vip", is_vip)

    def _add_rhythm(self) -> None:
        menu = self._submenu(_("Usual interval"))
        for state in RhythmState:
            self._tick(menu, wording.rhythm_state(state), "rhythm", state)

    def _add_named(self, title: str, field: str, offered: Sequence[Choice]) -> None:
        if not offered:
            return
        menu = self._submenu(title)
        is_long = len(offered) > _FEW
        for group, together in groupby(offered, key=lambda choice: choice.group):
            place = self._submenu(group, menu) if group and is_long else menu
            for choice in together:
                self._tick(place, choice.name, field, choice.number)

    def _submenu(self, title: str, within: QMenu | None = None) -> Menu:
        menu = Menu(title, self)
        menu.setTitle(title.replace("&", "&&"))
        (within or self).addMenu(menu)
        return menu

    def _offer(self, menu: QMenu, text: str, field: str, value: Any) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        is_set = getattr(self._conditions, field) == value
        action.setChecked(is_set)
        action.triggered.connect(partial(self._set, field, None if is_set else value))

    def _offer_own(self, menu: QMenu, text: str, field: str) -> None:
        """The last lines of a menu: what is not among its ready values can be typed."""
        if not menu.actions()[-1].text().endswith("…"):
            menu.addSeparator()
        menu.addAction(text).triggered.connect(partial(self._ask_for, field))

    def _ask_for(self, field: str, _checked: bool = False) -> None:
        self._ask(field)

    def _tick(self, menu: QMenu, text: str, field: str, value: Any) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        standing: tuple[Any, ...] = getattr(self._conditions, field)
        action.setChecked(value in standing)
        chosen = tuple(one for one in standing if one != value) if value in standing else (*standing, value)
        action.triggered.connect(partial(self._set, field, chosen))

    def _set(self, field: str, value: Any, _checked: bool = False) -> None:
        self._take(replace(self._conditions, **{field: value}))
