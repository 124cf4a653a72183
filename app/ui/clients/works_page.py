"""The tab with photos and formulas: how it looked, how it was done, visit by visit."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app import wording
from app.errors import CannotOpenLink, FileUnwritable, Gone, SalonError, Trouble
from app.explain import sentence
from app.language import _
from app.salon.clients import files, formulas, works
from app.salon.clients.card import ClientCard
from app.salon.clients.files import KeptFile
from app.salon.clients.formulas import Formula, Recipe
from app.salon.clients.works import ClientWorks, VisitWork
from app.ui import shortcuts
from app.ui.asking import FileKind as FileChoice, Question
from app.ui.background import Job
from app.ui.clients import intake
from app.ui.clients.begun import Begun, begun_in
from app.ui.clients.card_page import CardPage
from app.ui.clients.drop_area import DropArea
from app.ui.clients.formula_form import FormulaForm
from app.ui.clients.intake import Source, sources_of
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.clients.photo_tile import PhotoTile, can_drop
from app.ui.clients.work_card import WorkCard, is_photo
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.card import Rule
from app.ui.widgets.label import Label
from app.ui.widgets.menu import Menu
from app.vocabulary import PhotoMoment

if TYPE_CHECKING:
    from app.ui.clients.photo_view import PhotoView

_FIRST, _MORE = 4, 12
"""So many visits are shown at first, and with each step further back."""
_MOST_CHOICES = 8


class WorksPage(CardPage):
    """Photos and formulas of one client."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._works: ClientWorks | None = None
        self._shown = _FIRST
        self._editing: tuple[int | None, Formula | None] | None = None
        """The visit and the formula that the form is about."""
        self._job: Job | None = None
        self._lent: Path | None = None
        self.cards: list[WorkCard] = []
        self.view: PhotoView | None = None
        self.pictures = PhotoPictures(desk, self)
        self.area = DropArea()
        self.area.files_wanted.connect(partial(self.choose_files, None, None))
        self.form = FormulaForm(self)
        self.form.hide()
        self.form.kept.connect(self._keep_formula)
        self.form.given_up.connect(self.close_form)
        self._empty = Label(
            _(
                "Photos before and after, and what was mixed, stay here visit by visit: "
                "whoever does it next time sees how."
            ),
            tone="muted",
            wrap=True,
        )
        self._further = QuietButton(_("Show earlier visits"), icon="history")
        self._further.clicked.connect(self._show_further)
        self._further.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self.area)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self._further, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    # ---- reading ---------------------------------------------------------------------------------------------

    def show_card(self, card: ClientCard) -> None:
        """Read the works of this client and show them."""
        if self.card is not None and self.card.client_id != card.client_id:
            self.leave()
        super().show_card(card)
        try:
            read = works.of_client(self.desk.salon.database, card.client_id, self.desk.salon.today())
        except Gone:
            return
        if read != self._works:
            self._works = read
            self._fill()

    @property
    def begun(self) -> list[Begun]:
        """A formula that was begun."""
        if self._editing is None:
            return []
        visit_id, formula = self._editing
        formula_id = None if formula is None else formula.formula_id
        return begun_in(self.form, partial(self._write_again, visit_id, formula_id))

    def _write_again(self, visit_id: int | None, formula_id: int | None) -> FormulaForm | None:
        """Open the form of a formula again; None where it, or its visit, is on the card no more."""
        read = () if self._works is None else self._works.works
        visits = [None if one.visit is None else one.visit.visit_id for one in read]
        place = visits.index(visit_id) if visit_id in visits else None
        if place is None:
            return None
        formula = next((one for one in read[place].formulas if one.formula_id == formula_id), None)
        if formula is None and formula_id is not None:
            return None
        if place >= self._shown:
            self._shown = place + 1
            self._fill()
        return self.open_form(visit_id, formula)

    def leave(self) -> None:
        """Put the form and the large photo away."""
        self.close_form()
        self._close_view()
        self._works = None
        self._shown = _FIRST
        self.pictures.look_again()
        self.area.be_idle("")

    def _fill(self) -> None:
        read = self._works
        if read is None:
            return
        stood = self._focused_place()
        self.form.setParent(self)
        self.form.hide()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = []
        today, currency = self.desk.salon.today(), self.desk.salon.profile.currency
        for number, work in enumerate(read.works[: self._shown]):
            if number:
                self._list.addWidget(Rule())
            card = self._make(work, read, today, currency)
            self._list.addWidget(card)
            card.show()  # at once, so that the keyboard can go there
        self._empty.setVisible(not any(not work.is_empty for work in read.works))
        self._further.setVisible(len(read.works) > self._shown)
        self._place_form()
        if stood is not None:
            self._take_focus(stood)
        if self.view is not None:
            self.view.show_works(read.works)

    def _tiles(self) -> list[PhotoTile]:
        return [tile for card in self.cards for tile in card.tiles]

    def _focused_place(self) -> int | None:
        """Which photo the keyboard is on, counted from the top."""
        return next((place for place, tile in enumerate(self._tiles()) if tile.hasFocus()), None)

    def _take_focus(self, place: int) -> None:
        """Bring the keyboard to where it was, or as near as there is something."""
        tiles = self._tiles()
        if tiles:
            tiles[min(place, len(tiles) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, work: VisitWork, read: ClientWorks, today: date, currency: str) -> WorkCard:
        is_current = work.visit == read.current
        card = WorkCard(
            work,
            self.pictures,
            today,
            currency,
            is_current=is_current,
            can_repeat_last=read.last_formula is not None,
            hides_money=self.card is not None and self.card.spent is None,
        )
        visit_id = work.visit.visit_id if work.visit else None
        card.photo_wanted.connect(self.open_photo)
        card.document_wanted.connect(self._open_document)
        card.menu_wanted.connect(self._open_menu)
        card.put_away_wanted.connect(self._put_away)
        card.files_wanted.connect(partial(self.choose_files, visit_id))
        card.dropped.connect(partial(self._take_dropped, visit_id))
        card.formula_wanted.connect(partial(self.open_form, visit_id, None))
        card.change_wanted.connect(partial(self.open_form, visit_id))
        card.repeat_wanted.connect(self._repeat)
        card.formula_put_away_wanted.connect(self._put_formula_away)
        self.cards.append(card)
        return card

    def _show_further(self) -> None:
        self._shown += _MORE
        self._fill()

    @property
    def _current_visit(self) -> int | None:
        return self._works.current.visit_id if self._works and self._works.current else None

    # ---- adding ----------------------------------------------------------------------------------------------

    def choose_files(self, visit_id: int | None, moment: PhotoMoment | None) -> None:
        """Let somebody choose a photo or a file."""
        kinds = [
            FileChoice(_("Photos and PDF"), ("jpg", "jpeg", "png", "webp", "pdf")),
        ]
        chosen = self.desk.asker.pick_file(_("Add a photo or a PDF"), kinds)
        if chosen is not None:
            self.add([chosen], visit_id, moment)

    def add(self, sources: list[Source], visit_id: int | None = None, moment: PhotoMoment | None = None) -> None:
        """Put photos and files onto the card; without a visit they belong to the current one."""
        if not sources or self.card is None:
            return
        self.area.be_busy(0, len(sources))
        ended = partial(_end_of, self)
        self._job = intake.begin(
            self.desk, self.card.client_id, sources, visit_id or self._current_visit, moment, ended
        )
        if self._job is not None and isValid(self._job):
            self._job.progressed.connect(self.area.be_busy)

    def paste(self) -> bool:
        """Add what lies in the clipboard; False when that is no photo."""
        sources = sources_of(QGuiApplication.clipboard().mimeData())
        self.add(sources)
        return bool(sources)

    def event(self, event: QEvent) -> bool:
        """The calendar beside pastes visits by the same key: whoever is here means photos."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and shortcuts.is_pressed(Key.PASTE, event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V adds what was copied."""
        if not shortcuts.is_pressed(Key.PASTE, event):
            super().keyPressEvent(event)
        elif not self.paste():
            self.area.be_idle(_("There is no photo in the clipboard."))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard comes along, so that a copied photo can be pasted at once."""
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """A large photo goes with the card below it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._close_view()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that what is pasted comes here."""
        super().focusInEvent(event)
        self.area.set_awaited(is_awaited=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It comes elsewhere."""
        super().focusOutEvent(event)
        self.area.set_awaited(is_awaited=False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that photos may be let go here."""
        if can_drop(event.mimeData()):
            event.acceptProposedAction()
            self.area.set_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They are carried on."""
        super().dragLeaveEvent(event)
        self.area.set_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was let go."""
        self.area.set_over(is_over=False)
        event.acceptProposedAction()
        self.add(sources_of(event.mimeData()))

    def _take_dropped(self, visit_id: int | None, sources: list[Source], moment: PhotoMoment | None) -> None:
        self.area.set_over(is_over=False)
        self.add(sources, visit_id, moment)

    # ---- photos and files ------------------------------------------------------------------------------------

    def open_photo(self, file: KeptFile) -> None:
        """Show a photo large, beside the one before or after."""
        from app.ui.clients.photo_view import PhotoView

        self._close_view()
        self.view = PhotoView(self.desk, self.window())
        self.view.closed.connect(self._forget_view)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.open_over(self._works.works if self._works else (), file)

    def _close_view(self) -> None:
        if self.view is not None:
            self.view.leave()

    def _forget_view(self) -> None:
        self.view = None

    def _open_menu(self, file: KeptFile, place: QPoint) -> None:
        menu = self.menu_of(file)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu_of(self, file: KeptFile) -> Menu:
        """What can be done with a photo or a file."""
        menu = Menu(file.shown_name or _("Photo"), self)
        if is_photo(file):
            menu.addAction(_("Show"), partial(self.open_photo, file))
            for moment in PhotoMoment:
                act = menu.addAction(wording.photo_moment(moment), partial(self._set_moment, file, moment))
                act.setCheckable(True)
                act.setChecked(file.moment is moment)
        else:
            menu.addAction(_("Open…"), partial(self._open_document, file))
        menu.addSeparator()
        visits = [work.visit for work in self._works.works if work.visit] if self._works else []
        others = [visit for visit in visits if visit.visit_id != file.visit_id][:_MOST_CHOICES]
        if others:
            moved = menu.addMenu(_("Belongs to another visit"))
            for visit in others:
                words = f"{wording.short_date(visit.day, self.desk.salon.today())} · {', '.join(visit.services)}"
                moved.addAction(words, partial(self._set_visit, file, visit.visit_id))
        menu.addAction(_("Save a copy…"), partial(self._save_copy, file))
        menu.addAction(_("Take off the card"), partial(self._put_away, file))
        return menu

    def _set_moment(self, file: KeptFile, moment: PhotoMoment) -> None:
        if moment is not file.moment:
            self.do(files.set_moment, file.file_id, moment, said=_("The photo is sorted in"))

    def _set_visit(self, file: KeptFile, visit_id: int) -> None:
        self.do(files.set_visit, file.file_id, visit_id, said=_("The file belongs to the other visit"))

    def _put_away(self, file: KeptFile) -> None:
        said = _("The photo is off the card") if is_photo(file) else _("The file is off the card")
        self.do(files.put_away, file.file_id, said=said)

    def _save_copy(self, file: KeptFile) -> None:
        end = Path(file.stored_name).suffix
        suggested = f"{Path(file.shown_name).stem or 'vizit'}{end}"
        target = self.desk.asker.save_file(_("Save a copy"), suggested, [FileChoice(end[1:].upper(), (end[1:],))])
        if target is None:
            return
        try:
            target.write_bytes(files.path_of(self.desk.salon.database, file).read_bytes())
        except (SalonError, Trouble) as error:
            self.desk.perform.refused.emit(sentence(error))
        except OSError:
            self.desk.perform.troubled.emit(sentence(FileUnwritable(target)))
        else:
            self.desk.perform.tell(_("Saved: {path}").format(path=target.name), undoable=False)

    def _open_document(self, file: KeptFile) -> None:
        """Another program opens a copy, and never without a question: nobody knows what is in a document."""
        question = Question(
            _("Open “{name}”?").format(name=file.shown_name or _("Document")),
            _("Another program will open a copy. Open only what comes from somebody you know."),
            _("Open"),
        )
        if not self.desk.asker.confirm(question):
            return
        try:
            link = files.lend(self.desk.salon.database, file, self._lending_folder()).as_uri()
        except (SalonError, Trouble) as error:
            self.desk.perform.refused.emit(sentence(error))
            return
        if not self.desk.open_link(link):
            self.desk.perform.refused.emit(sentence(CannotOpenLink(link)))

    def _lending_folder(self) -> Path:
        """Where other programs find the copies that they open; it goes with the program."""
        if self._lent is None:
            self._lent = Path(tempfile.mkdtemp(prefix="vizit-"))
            weakref.finalize(self.desk.perform, shutil.rmtree, self._lent, ignore_errors=True)
        return self._lent

    # ---- formulas --------------------------------------------------------------------------------------------

    def open_form(self, visit_id: int | None, formula: Formula | None) -> FormulaForm:
        """Write a formula down, or change one."""
        self._editing = (visit_id, formula)
        self.form.begin(formula.recipe if formula else Recipe(), formulas.materials_used(self.desk.salon.database))
        self._place_form()
        self.form.take_focus()
        return self.form

    def close_form(self) -> None:
        """Put the form away without keeping anything."""
        self._editing = None
        for card in self.cards:
            card.let_form_go()
        self.form.setParent(self)
        self.form.hide()

    def _place_form(self) -> None:
        if self._editing is None:
            return
        visit_id, formula = self._editing
        for card in self.cards:
            if (card.work.visit.visit_id if card.work.visit else None) == visit_id:
                card.hold_form(self.form, formula.formula_id if formula else None)
                QTimer.singleShot(0, self, self._bring_form_into_sight)  # it has no place yet
            else:
                card.let_form_go()

    def _bring_form_into_sight(self) -> None:
        if self._editing is not None:
            self.bring_into_sight(self.form)

    def _keep_formula(self, recipe: Recipe) -> None:
        if self._editing is None:
            return
        visit_id, formula = self._editing
        self._editing = None
        said = _("The formula is kept")
        if formula is None:
            is_kept = self.do(formulas.write, visit_id, recipe, said=said)
        else:
            is_kept = self.do(formulas.change, formula.formula_id, recipe, said=said)
        if is_kept:
            self.close_form()
        else:
            self._editing = (visit_id, formula)

    def repeat_last(self) -> None:
        """Copy the formula of last time into the current visit."""
        self._repeat(None)

    def _repeat(self, formula: Formula | None) -> None:
        """Copy a formula, or that of last time, into the current visit; it can be changed there at once."""
        wanted = formula or (self._works.last_formula if self._works else None)
        if wanted is None or self.card is None:
            return
        visit_id = self._current_visit
        done = self.desk.perform(formulas.repeat, self.card.client_id, wanted.formula_id, visit_id)
        if done is None:
            return
        self.desk.perform.tell(_("The formula is repeated; change what is different today"))
        copied = self._works.works if self._works else ()
        found = [one for work in copied for one in work.formulas if one.formula_id == done.value]
        if found:
            self.open_form(visit_id, found[0])

    def _put_formula_away(self, formula: Formula) -> None:
        self.do(formulas.put_away, formula.formula_id, said=_("The formula is off the card"))


def _end_of(page: WorksPage, problem: str) -> None:
    """Everything was added that could be; the card may be closed by now, then the window says what could not."""
    if isValid(page):
        page.area.be_idle(problem)
    elif problem:
        page.desk.perform.refused.emit(problem)
