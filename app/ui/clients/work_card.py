"""What is kept about one visit: photos in pairs, formulas, files, and what was sold."""

from datetime import date

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients.files import KeptFile
from app.salon.clients.works import SoldProduct, VisitWork
from app.ui import icons, theme
from app.ui.clients.formula_box import FormulaBox
from app.ui.clients.formula_form import FormulaForm
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.clients.photo_tile import FLAT, LARGE, SMALL, PhotoTile
from app.ui.theme import FontRole
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.label import ElidedLabel, Label, breakable
from app.ui.widgets.list_row import ListRow
from app.vocabulary import FileKind, PhotoMoment


class WorkCard(QWidget):
    """One visit with everything that is kept about it."""

    photo_wanted = Signal(object)
    """A ``KeptFile`` that is to be shown large."""
    document_wanted = Signal(object)
    """A ``KeptFile`` that is to be opened by another program."""
    menu_wanted = Signal(object, object)
    """A ``KeptFile`` and the place on the screen."""
    put_away_wanted = Signal(object)
    """A ``KeptFile``."""
    files_wanted = Signal(object)
    """Somebody wants to choose photos: the ``PhotoMoment``, or None."""
    dropped = Signal(object, object)
    """A list of ``Source`` and the ``PhotoMoment``, or None."""
    formula_wanted = Signal()
    """A new formula is to be written down."""
    repeat_wanted = Signal(object)
    change_wanted = Signal(object)
    formula_put_away_wanted = Signal(object)
    """Each with a ``Formula``."""

    def __init__(
        self,
        work: VisitWork,
        pictures: PhotoPictures,
        today: date,
        currency: str,
        *,
        is_current: bool,
        can_repeat_last: bool,
        hides_money: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``is_current``: new photos and formulas belong to this visit; ``can_repeat_last``: there is one to repeat."""
        super().__init__(parent)
        self.work = work
        self._pictures = pictures
        self._is_current = is_current
        self.boxes: list[FormulaBox] = []
        self.tiles: list[PhotoTile] = []
        self._form_place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._add_head(column, today)
        self._add_photos(column)
        for formula in work.formulas:
            box = FormulaBox(formula, can_repeat=not is_current)
            box.repeat_wanted.connect(self.repeat_wanted)
            box.change_wanted.connect(self.change_wanted)
            box.put_away_wanted.connect(self.formula_put_away_wanted)
            self.boxes.append(box)
            column.addWidget(box)
        column.addLayout(self._form_place)
        self._acts = QWidget()
        if is_current:
            self._add_acts(column, can_repeat_last=can_repeat_last)
        for document in work.documents:
            column.addWidget(self._document(document))
        if work.products:
            column.addWidget(_sold(work.products, currency, hides_money=hides_money))

    # ---- building --------------------------------------------------------------------------------------------

    def _add_head(self, column: QVBoxLayout, today: date) -> None:
        visit = self.work.visit
        if visit is None:
            self.setAccessibleName(_("Without a visit"))
            column.addWidget(Label(_("Without a visit"), FontRole.HEADING))
            return
        day = _("Today") if visit.day == today else wording.short_date(visit.day, today)
        services = ", ".join(visit.services)
        self.setAccessibleName(f"{day}, {services}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(day, FontRole.HEADING))
        masters = wording.listed([wording.short_name(name) for name in visit.masters])
        words.addWidget(ElidedLabel(f"{services} · {masters}", FontRole.SECONDARY, "muted"))
        column.addLayout(words)

    def _add_photos(self, column: QVBoxLayout) -> None:
        pairs = self.work.pairs or (((None, None),) if self._is_current else ())
        for before, after in pairs:
            row = QHBoxLayout()
            row.setSpacing(8)
            size = LARGE if before or after else FLAT
            row.addWidget(self._tile(before, PhotoMoment.BEFORE, size))
            row.addWidget(self._tile(after, PhotoMoment.AFTER, size))
            row.addStretch(1)
            column.addLayout(row)
        others = self.work.photos(PhotoMoment.OTHER)
        if others:
            flow = FlowLayout(spacing=8)
            for file in others:
                flow.addWidget(self._tile(file, PhotoMoment.OTHER, SMALL))
            column.addLayout(flow)

    def _tile(self, file: KeptFile | None, moment: PhotoMoment, size: QSize) -> PhotoTile:
        tile = PhotoTile(self._pictures, file, moment, size)
        self.tiles.append(tile)
        tile.opened.connect(self._on_opened)
        tile.menu_wanted.connect(self._on_menu)
        tile.put_away_wanted.connect(self._on_put_away)
        tile.dropped.connect(self._on_dropped)
        return tile

    def _add_acts(self, column: QVBoxLayout, *, can_repeat_last: bool) -> None:
        write = LinkButton(_("Write a formula"), icon="pencil")
        write.clicked.connect(self.formula_wanted)
        row = QHBoxLayout(self._acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(write)
        if can_repeat_last and not self.work.formulas:
            again = LinkButton(_("Repeat the last one"), icon="repeat")
            again.clicked.connect(self._repeat_last)
            row.addWidget(again)
        row.addStretch(1)
        column.addWidget(self._acts)

    def _document(self, file: KeptFile) -> ListRow:
        mark = QLabel()
        mark.setPixmap(icons.pixmap("file-text", theme.current().muted))
        row = ListRow(file.shown_name or _("Document"), wording.file_size(file.size), lead=mark)
        row.setProperty("file", file)
        row.opened.connect(self._on_document)
        row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        row.customContextMenuRequested.connect(self._on_document_menu)
        return row

    # ---- the form --------------------------------------------------------------------------------------------

    def hold_form(self, form: FormulaForm, formula_id: int | None) -> None:
        """Show the form in the place of the formula that is changed, or below the others."""
        for box in self.boxes:
            box.setVisible(box.formula.formula_id != formula_id)
        self._acts.hide()
        self._form_place.addWidget(form)
        form.show()

    def let_form_go(self) -> None:
        """The form is put away."""
        for box in self.boxes:
            box.show()
        self._acts.setVisible(self._is_current)

    # ---- telling ---------------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        tile = self.sender()
        if isinstance(tile, PhotoTile) and tile.file is not None:
            self.photo_wanted.emit(tile.file)
        elif isinstance(tile, PhotoTile):
            self.files_wanted.emit(tile.moment)

    def _on_menu(self, place: QPoint) -> None:
        tile = self.sender()
        if isinstance(tile, PhotoTile) and tile.file is not None:
            self.menu_wanted.emit(tile.file, place)

    def _on_put_away(self) -> None:
        tile = self.sender()
        if isinstance(tile, PhotoTile) and tile.file is not None:
            self.put_away_wanted.emit(tile.file)

    def _on_dropped(self, sources: object) -> None:
        tile = self.sender()
        if isinstance(tile, PhotoTile):
            self.dropped.emit(sources, tile.moment)

    def _on_document(self) -> None:
        row = self.sender()
        if isinstance(row, ListRow):
            self.document_wanted.emit(row.property("file"))

    def _on_document_menu(self, place: QPoint) -> None:
        row = self.sender()
        if isinstance(row, ListRow):
            self.menu_wanted.emit(row.property("file"), row.mapToGlobal(place))

    def _repeat_last(self) -> None:
        self.repeat_wanted.emit(None)


def is_photo(file: KeptFile) -> bool:
    """Whether it can be shown large."""
    return file.kind is FileKind.PHOTO


def _sold(products: tuple[SoldProduct, ...], currency: str, *, hides_money: bool) -> Label:
    names = [one.name if hides_money else f"{one.name} ({wording.money(one.amount, currency)})" for one in products]
    said = ", ".join(names)
    return Label(breakable(_("Taken home: {products}").format(products=said)), FontRole.SECONDARY, "muted", wrap=True)
