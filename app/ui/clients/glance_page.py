"""The first tab of the card: what the master asks in one glance, and everything that ever happened.

What is empty takes no room: a small row of what can be added stands in its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import wall_time
from app.errors import CannotOpenLink, SalonError, TextChangedMeanwhile, Trouble
from app.explain import sentence
from app.language import _
from app.salon.catalogue import staff
from app.salon.clients import answers, bonuses, contacts, glance, notes, register
from app.salon.clients.card import ClientCard, where_it_belongs
from app.salon.clients.glance import Glance
from app.salon.clients.register import LONGEST_TEXT
from app.salon.followup import complaints, tasks
from app.salon.followup.complaints import Grievance
from app.salon.followup.tasks import Promise
from app.salon.transaction import Work
from app.ui import shortcuts
from app.ui.background import Job
from app.ui.clients.adding import Added, AddForm, title
from app.ui.clients.answers_part import AnswersPart
from app.ui.clients.begun import Begun
from app.ui.clients.card_page import WORKS, CardPage, Waiting
from app.ui.clients.card_parts import ComingVisit, FactRow
from app.ui.clients.edited_text import EditedText
from app.ui.clients.history import History
from app.ui.clients.last_photos import LastPhotos
from app.ui.clients.last_work import LastWork
from app.ui.clients.owed_part import OwedPart
from app.ui.clients.reach_row import ReachRow
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.card import Rule
from app.ui.widgets.menu import Menu
from app.vocabulary import NoteKind, Topic


@dataclass(frozen=True, slots=True)
class _Left:
    """A text that could not be kept when the card of its client was left."""

    client_id: int
    field: EditedText
    text: str
    read: str


_KEYS = {Added.NOTE: Key.CARD_NOTE, Added.CALL: Key.CARD_CALL}


class GlancePage(CardPage):
    """The card in one glance."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.QUESTIONS, Topic.TASKS, Topic.REMINDERS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._glance: Glance | None = None
        self._opened_text: EditedText | None = None
        self._left: list[_Left] = []
        """What waits to be kept of clients whose cards were left."""
        self._left_forms: list[tuple[int, AddForm]] = []
        """What was begun to be written down of them, and of whom."""
        self.reach = ReachRow(self)
        self.coming = ComingVisit(self)
        self.owed = OwedPart(self)
        self.wishes = EditedText(_("Wishes"), _("Coffee without sugar, silence at work…"), LONGEST_TEXT, self)
        self.notes = EditedText(_("Notes"), _("What the next master should know"), LONGEST_TEXT, self)
        self.answers = AnswersPart(self)
        self.last_work = LastWork(self)
        self.last_photos = LastPhotos(desk, self)
        self.add_other = LinkButton(_("Write down…"), icon="pencil", key=shortcuts.shown(Key.CARD_NOTE), parent=self)
        self.add_wishes = LinkButton(_("Wishes"), icon="plus", parent=self)
        self.add_notes = LinkButton(_("Notes"), icon="plus", parent=self)
        self.form: AddForm | None = None
        self.facts = FactRow(self)
        self.history = History(desk, self)
        self._form_place = QVBoxLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        adding = QHBoxLayout()
        adding.setSpacing(16)
        for button in (self.add_other, self.add_wishes, self.add_notes):
            adding.addWidget(button)
        adding.addStretch(1)
        for widget in (self.reach, self.coming, self.owed, self.wishes, self.notes, self.answers):
            column.addWidget(widget)
        column.addWidget(self.last_work)
        column.addWidget(self.last_photos)
        column.addLayout(adding)
        column.addLayout(self._form_place)
        for widget in (Rule(), self.facts, Rule(), self.history):
            column.addWidget(widget)

    def _connect(self) -> None:
        self.reach.link_wanted.connect(self._open_link)
        self.reach.copy_wanted.connect(self._copy)
        self.coming.visit_wanted.connect(self.visit_wanted)
        self.owed.kept.connect(self._keep_promise)
        self.owed.answered.connect(self._answer_complaint)
        for text in (self.wishes, self.notes):
            text.saved.connect(partial(self._save, text))
            text.contested.connect(partial(self._follow_grown, text))
        self.answers.answered.connect(self._answer)
        self.answers.declined.connect(self._decline)
        self.answers.former_wanted.connect(self._show_former)
        self.answers.grown.connect(self._follow_grown)
        self.last_photos.opened.connect(self._show_works)
        self.history.visit_wanted.connect(self.visit_wanted)
        self.history.removal_wanted.connect(self._remove_note)
        self.history.walked.connect(self._follow)
        self.add_wishes.clicked.connect(partial(self.open_text, self.wishes))
        self.add_notes.clicked.connect(partial(self.open_text, self.notes))
        self.add_other.clicked.connect(self.open_menu)
        self.desk.feed.changed.connect(self._keep_left)
        self.desk.perform.long_begun.connect(self._wait_for)
        for key, act in self._acts().items():
            shortcuts.bind(key, self, act, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _acts(self) -> dict[Key, Callable[[], object]]:
        """The keys of this tab."""
        return {
            Key.CARD_NOTE: partial(self.begin, Added.NOTE),
            Key.CARD_CALL: partial(self.begin, Added.CALL),
            Key.CARD_ASK: self.answers.ask_next,
        }

    def press(self, event: QKeyEvent) -> None:
        """Write or ask, though the keyboard was elsewhere in the card."""
        for key, act in self._acts().items():
            if shortcuts.is_pressed(key, event):
                act()

    # ---- reading ---------------------------------------------------------------------------------------------

    def show_card(self, card: ClientCard) -> None:
        """Show this client."""
        super().show_card(card)
        salon = self.desk.salon
        profile, moment = salon.profile, salon.clock.now()
        now = wall_time(moment, profile.zone)
        found = glance.read(salon.database, card, moment)
        self._glance = found
        self._follow_cards()
        self.reach.show_card(card, contacts.reachable(self.desk.salon.database, card.client_id))
        self.coming.show_card(card, now.date())
        self.owed.show_owed(found.complaints, found.promises, now)
        self.wishes.show_text(card.wishes)
        self.notes.show_text(card.notes)
        self._bring_back(card.client_id)
        self._settle_texts()
        self.answers.show_answers(found.answers)
        self.last_work.show_formula(found.formula, now.date())
        self.last_photos.show_photos(found.photos, now.date())
        self.facts.show_facts(card, found, profile.currency)
        self.history.show_client(card.client_id, hides_money=card.spent is None)

    @property
    def begun(self) -> list[Begun]:
        """The answers that were begun; what is written down waits as it is."""
        return [*self.owed.begun, *self.answers.begun]

    def leave(self) -> None:
        """Keep what was typed about the client that was shown."""
        self.settle()
        for text in (self.wishes, self.notes):
            if text.is_changed and self.card is not None:
                self._left.append(_Left(self.card.client_id, text, text.text, text.read))
            text.forget()
        self._opened_text = None
        self.answers.close_form()
        if self.form is not None and self.form.is_begun and self.card is not None:
            self.form.hide()
            self._left_forms.append((self.card.client_id, self.form))
            self.form = None
        self.close_form()

    def settle(self) -> None:
        """Keep what was typed; where somebody else wrote meanwhile and nobody said which text stays, both do."""
        for text in (self.wishes, self.notes):
            text.commit()
            if text.is_contested:
                self._join(text)
        self._keep_left()

    def _join(self, text: EditedText) -> None:
        if text.join():
            self.desk.perform.tell(_("Somebody else has written here meanwhile: both texts are kept."))
        elif not text.is_changed:
            self.desk.perform.tell(
                _("Somebody else has written here meanwhile. Both texts do not fit: yours is kept, Undo brings theirs.")
            )

    # ---- what could not be kept ------------------------------------------------------------------------------

    def _wait_for(self, job: Job, _said: str) -> None:
        """Until a large act has ended nothing else is written."""
        job.ended.connect(self._keep_left, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _keep_left(self, _changes: object = None) -> None:
        """Keep now what could not be kept when it was left; what somebody is typing at this moment is theirs."""
        self._follow_cards()
        if self.desk.perform.is_busy:
            return
        for text in (self.wishes, self.notes):
            if text.is_refused and not text.editor.hasFocus():
                text.commit()
        left, self._left = self._left, []
        for one in left:
            if not self._is_kept_now(one):
                self._left.append(one)

    def _is_kept_now(self, one: _Left) -> bool:
        operation, said = self._ways[one.field]
        text, read = one.text.strip(), one.read
        while True:
            try:
                self.desk.perform.attempt(operation, one.client_id, text, read)
            except TextChangedMeanwhile as error:
                text, read = f"{error.standing.strip()}\n{one.text.strip()}".strip(), error.standing
            except (SalonError, Trouble):
                return False
            else:
                self.desk.perform.tell(said)
                return True

    def _follow_cards(self) -> None:
        """What waits for a card that was merged waits for the one that stands; of whom is forgotten, nothing waits."""
        if not self._waits_for:
            return
        database = self.desk.salon.database
        cards = {client_id: where_it_belongs(database, client_id) for client_id in self._waits_for}
        if all(card == client_id for client_id, card in cards.items()):
            return
        left, self._left = self._left, []
        for one in left:
            if (card := cards[one.client_id]) is not None:
                self._left.append(replace(one, client_id=card))
        forms, self._left_forms = self._left_forms, []
        for client_id, form in forms:
            if (card := cards[client_id]) is not None:
                self._left_forms.append((card, form))
            else:
                form.deleteLater()
        if self.card is not None and cards.get(self.card.client_id, 0) is None:
            self._drop_typed()
        if None in cards.values():
            self.desk.perform.tell(
                _("The client is forgotten, and with the card what was not kept yet."), undoable=False
            )

    @property
    def _waits_for(self) -> set[int]:
        """The clients about whom something was typed that is not kept."""
        return {one.client_id for one in self.unkept}

    def _drop_typed(self) -> None:
        for text in (self.wishes, self.notes):
            text.show_theirs(None)
            text.forget()
            text.show_text("")
        self.close_form()

    @property
    def unkept(self) -> Sequence[Waiting]:
        """The texts and forms that wait, first those of the client that is shown."""
        found: list[Waiting] = []
        if self.card is not None:
            shown = self.card.client_id
            texts = [text for text in (self.wishes, self.notes) if text.is_changed]
            found = [Waiting(shown, text.editor.accessibleName(), text.text) for text in texts]
            found += [_begun(shown, self.form)] if self.form is not None and self.form.is_begun else []
        found += [Waiting(one.client_id, one.field.editor.accessibleName(), one.text) for one in self._left]
        return found + [_begun(client_id, form) for client_id, form in self._left_forms]

    def _bring_back(self, client_id: int) -> None:
        """What still waits for this client stands in its field again, and what was begun is gone on with.

        Where something else stands there by now, it goes on waiting.
        """
        for one in [one for one in self._left if one.client_id == client_id]:
            if not one.field.is_changed:
                self._left.remove(one)
                one.field.bring_back(one.text, one.read)
        if self.form is None or not self.form.is_begun:
            for waiting in [one for one in self._left_forms if one[0] == client_id][:1]:
                self._left_forms.remove(waiting)
                self.close_form()
                self.form = waiting[1]
                self.form.show()

    def _show_works(self) -> None:
        self.page_wanted.emit(WORKS)

    def open_text(self, text: EditedText) -> None:
        """Show an empty text, to be written into."""
        self._opened_text = text
        self._settle_texts()
        text.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle_texts(self) -> None:
        for text, button in ((self.wishes, self.add_wishes), (self.notes, self.add_notes)):
            is_shown = bool(text.text.strip()) or text is self._opened_text or text.isAncestorOf(self.focusWidget())
            text.setVisible(is_shown)
            button.setVisible(not is_shown)

    # ---- writing down ----------------------------------------------------------------------------------------

    def begin(self, kind: Added) -> None:
        """Open the form of a note, a call, a promise, a complaint or bonuses; words that were begun go along."""
        if self.card is None:
            return
        words = "" if self.form is None else self.form.words.toPlainText()
        self.close_form()
        visits = [one for one in (self.card.next_visit, self.card.last_visit) if one is not None]
        people, now = staff.here(self.desk.salon.database), self.desk.salon.wall_now()
        form = AddForm(kind, people, now, visits, parent=self)
        form.note_added.connect(self._add_note)
        form.promise_added.connect(self._add_promise)
        form.complaint_added.connect(self._add_complaint)
        form.bonus_added.connect(self._add_bonus)
        form.left.connect(self.close_form)
        form.go_on_with(words)
        self.form = form
        self._form_place.addWidget(form)
        form.show()
        form.focus_first()
        self._follow_grown(form)

    def close_form(self) -> None:
        """Put the form away; the keyboard goes to where it came from."""
        if self.form is None:
            return
        form, self.form = self.form, None
        if form.isAncestorOf(self.focusWidget()):
            self.add_other.setFocus(Qt.FocusReason.OtherFocusReason)
        form.hide()
        self._form_place.removeWidget(form)
        form.deleteLater()

    def open_menu(self) -> None:
        """Choose what to write down."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_other.mapToGlobal(QPoint(0, self.add_other.height())))

    def make_menu(self) -> Menu:
        """What can be written down, with the keys that do it at once."""
        menu = Menu(_("Write down…"), self)
        for kind in Added:
            action = menu.addAction(title(kind))
            if kind in _KEYS:
                action.setShortcut(QKeySequence(shortcuts.line_of(_KEYS[kind]).keys[0]))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self.begin, kind))
        return menu

    def _add_note(self, kind: NoteKind, words: str) -> None:
        said = _("The note is on the card") if kind is NoteKind.NOTE else _("The call is on the card")
        self._do_and_close(notes.add, kind, words, said=said)

    def _add_promise(self, promise: Promise) -> None:
        self._do_and_close(_give_promise, promise, said=_("The promise is written down"))

    def _add_complaint(self, said: Grievance) -> None:
        self._do_and_close(complaints.record, said, said=_("The complaint is written down"))

    def _add_bonus(self, amount: int, reason: str) -> None:
        said = _("Bonuses are given") if amount > 0 else _("Bonuses are taken")
        self._do_and_close(bonuses.change, amount, reason, said=said)

    def _do_and_close(self, operation: Callable[..., object], *args: object, said: str) -> None:
        """Carry it out; a refusal stands beside the field, and the form stays open."""
        if self.card is None or self.form is None:
            return
        form = self.form
        try:
            self.desk.perform.attempt(operation, self.card.client_id, *args)
        except SalonError as error:
            form.say_problem(sentence(error))
            return
        self.close_form()
        self.desk.perform.tell(said)

    def _remove_note(self, note_id: int) -> None:
        self.do(notes.remove, note_id, said=_("The line is taken off"))

    def _keep_promise(self, task_id: int) -> None:
        self.do(tasks.keep, task_id, said=_("The promise is kept"))

    def _answer_complaint(self, complaint_id: int, words: str) -> None:
        self.do(complaints.answer, complaint_id, words, said=_("The complaint is answered"))

    @property
    def _ways(self) -> dict[EditedText, tuple[Callable[..., object], str]]:
        """How each text is kept, and what is said then."""
        return {
            self.wishes: (register.set_wishes, _("Wishes are kept")),
            self.notes: (register.set_notes, _("Notes are kept")),
        }

    def _save(self, field: EditedText, text: str, read: str) -> None:
        """Keep a text of the card; what cannot be kept stays in its field."""
        self._opened_text = None
        operation, said = self._ways[field]
        if self.card is None:
            return
        try:
            self.desk.perform.attempt(operation, self.card.client_id, text, read)
        except TextChangedMeanwhile as error:
            field.not_saved()
            field.show_theirs(error.standing)
        except (SalonError, Trouble) as problem:
            field.not_saved()
            self.desk.perform.explain(problem)
        else:
            self.desk.perform.tell(said)

    # ---- questions -------------------------------------------------------------------------------------------

    def _answer(self, question_id: int, said: str | int) -> None:
        if self.card is None:
            return
        visit = self.card.next_visit
        try:
            self.desk.perform.attempt(
                answers.answer, self.card.client_id, question_id, said, None if visit is None else visit.visit_id
            )
        except SalonError as error:
            self.answers.refuse(error)
            return
        self.desk.perform.tell(_("The answer is kept"))

    def _decline(self, question_id: int) -> None:
        self.do(answers.decline, question_id, said=_("Kept: did not want to say"))

    def _show_former(self, question_id: int) -> None:
        if self.card is not None:
            self.answers.show_former(answers.former(self.desk.salon.database, self.card.client_id, question_id))

    # ---- going -----------------------------------------------------------------------------------------------

    def _open_link(self, link: str) -> None:
        if not self.desk.open_link(link):
            self.desk.perform.refused.emit(sentence(CannotOpenLink(link)))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.perform.tell(_("Copied: {text}").format(text=text), undoable=False)

    def _follow(self, place: QRect) -> None:
        self.bring_into_sight(self.history.list, place)

    def _follow_grown(self, widget: QWidget) -> None:
        """Its place is known when it has been laid out."""
        QTimer.singleShot(0, widget, lambda: self.bring_into_sight(widget))


def _begun(client_id: int, form: AddForm) -> Waiting:
    return Waiting(client_id, title(form.kind), form.words.toPlainText())


def _give_promise(work: Work, client_id: int, promise: Promise) -> int:
    return tasks.give(work, replace(promise, client_id=client_id))
