"""Photos large, over the window: before and after beside each other, or one over the other with a slider between."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app import wording
from app.language import _
from app.salon.clients.files import KeptFile
from app.salon.clients.works import VisitWork
from app.ui import icons, shortcuts, theme
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.clients.photo_tile import cover
from app.ui.desk import Desk
from app.ui.shortcuts import Key
from app.ui.stray_digits import OWN_DIGITS
from app.ui.theme import FontRole, Tint
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.label import ElidedLabel
from app.ui.widgets.pill import paint_pill, pill_width
from app.ui.widgets.segmented_control import SegmentedControl
from app.vocabulary import PhotoMoment

_LONGEST = 2048
"""Pixels of a photo that fills a screen; more are not seen, and take memory."""
_MOST_ZOOM, _ZOOM_STEP = 6.0, 1.25
_STEP, _LONG_STEP = 0.02, 0.1
_BETWEEN = 16
_KNOB = 18
_GRIP = 24
_LET_THROUGH = (Key.UNDO, Key.REDO, Key.FIND_CLIENT)
"""The phone rings whatever is looked at."""


class Mode(StrEnum):
    """How a pair is compared."""

    SIDE = "side"
    SLIDER = "slider"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands on one leaf: a pair, or a photo alone."""

    work: VisitWork
    photos: tuple[KeptFile, ...]

    @property
    def is_pair(self) -> bool:
        return len(self.photos) == 2


def leaves(works: Sequence[VisitWork]) -> list[_Shown]:
    """The photos of a card as they are leafed through, the newest visit first."""
    found: list[_Shown] = []
    for work in works:
        found += [_Shown(work, tuple(photo for photo in pair if photo is not None)) for pair in work.pairs]
        found += [_Shown(work, (photo,)) for photo in work.photos(PhotoMoment.OTHER)]
    return found


class PhotoView(QWidget):
    """Covers the window. Arrows move the slider or leaf, + and - zoom, Esc closes."""

    closed = Signal()
    menu_wanted = Signal(object, object)
    """A ``KeptFile`` and the place on the screen."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        pictures = PhotoPictures(desk, self)  # of its own: the card below may be closed meanwhile
        self._leaves: list[_Shown] = []
        self._place = 0
        self._came_from: QWidget | None = None
        self._is_left = False
        self.setAccessibleName(_("Photos"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = ElidedLabel("", FontRole.HEADING)
        self.mode = SegmentedControl(_("How to compare"), [(Mode.SIDE, _("Side by side")), (Mode.SLIDER, _("Slider"))])
        self.mode.chosen.connect(self._choose_mode)
        self.canvas = PairCanvas(pictures)
        self._earlier = IconButton("chevron-left", _("Previous photos"), key="PgUp")
        self._later = IconButton("chevron-right", _("Next photos"), key="PgDown")
        smaller = IconButton("minus", _("Smaller"), key="-")
        larger = IconButton("plus", _("Larger"), key="+")
        more = IconButton("ellipsis", _("More"))
        close = IconButton("x", _("Close"), key=_("Esc"))
        for button, act in (
            (self._earlier, self.go_back),
            (self._later, self.go_on),
            (smaller, self.canvas.zoom_out),
            (larger, self.canvas.zoom_in),
            (more, self._tell_menu),
            (close, self.leave),
        ):
            button.clicked.connect(act)
        self._bar = bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 12, 16, 12)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self.mode)
        for button in (smaller, larger, self._earlier, self._later, more, close):
            row.addWidget(button)
        self._more = more
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.canvas, 1)
        window.installEventFilter(self)
        self.hide()

    @property
    def shown(self) -> tuple[KeptFile, ...]:
        """The photos on this leaf."""
        return self._leaves[self._place].photos if self._leaves else ()

    def open_over(self, works: Sequence[VisitWork], file: KeptFile) -> None:
        """Cover the window and show the leaf of ``file``."""
        self._came_from = QApplication.focusWidget()
        self._leaves = leaves(works)
        ids = [[photo.file_id for photo in leaf.photos] for leaf in self._leaves]
        self._place = next((place for place, one in enumerate(ids) if file.file_id in one), 0)
        window = self.parentWidget()
        if window is not None:
            self.setGeometry(window.rect())
        self._show_leaf()
        self.show()
        self.raise_()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_works(self, works: Sequence[VisitWork]) -> None:
        """Something was changed meanwhile: stay where somebody looks, as far as it is still there."""
        looked_at = {photo.file_id for photo in self.shown}
        self._leaves = leaves(works)
        if not self._leaves:
            self.leave()
            return
        ids = [{photo.file_id for photo in leaf.photos} for leaf in self._leaves]
        still = next((place for place, one in enumerate(ids) if one & looked_at), None)
        self._place = min(self._place, len(self._leaves) - 1) if still is None else still
        self._show_leaf()

    def go_on(self) -> None:
        """The next leaf: further back in time."""
        self._go(1)

    def go_back(self) -> None:
        """The leaf before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if 0 <= self._place + step < len(self._leaves):
            self._place += step
            self._show_leaf()

    def _show_leaf(self) -> None:
        if not self._leaves:
            return
        leaf = self._leaves[self._place]
        self._words.setText(_heading(leaf.work))
        self.mode.setVisible(leaf.is_pair)
        self._earlier.setEnabled(self._place > 0)
        self._later.setEnabled(self._place < len(self._leaves) - 1)
        self.canvas.show_photos(leaf.photos, Mode(self.mode.choice) if leaf.is_pair else Mode.SIDE)

    def compare(self, mode: Mode) -> None:
        """Compare the pair in this way."""
        self.mode.choose(mode)
        self._choose_mode(mode)

    def _choose_mode(self, key: str) -> None:
        self.canvas.set_mode(Mode(key))
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_menu(self) -> None:
        if self.shown:
            corner = QPoint(0, self._more.height())
            self.menu_wanted.emit(self.canvas.looked_at() or self.shown[-1], self._more.mapToGlobal(corner))

    def event(self, event: QEvent) -> bool:
        """What lies below has keys of its own; while this covers it, only undo, redo and the search are left to it."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and not any(shortcuts.is_pressed(key, event) for key in _LET_THROUGH):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, the page keys and the arrows leaf."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_PageDown | Qt.Key.Key_Right:
                self.go_on()
            case Qt.Key.Key_PageUp | Qt.Key.Key_Left:
                self.go_back()
            case _:
                event.accept()  # what lies below hears nothing

    def leave(self) -> None:
        """Close; the keyboard goes back to where it was."""
        if self._is_left:
            return
        self._is_left = True
        self.hide()
        self.deleteLater()
        self.closed.emit()
        if self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window whatever its size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark ground, on which colours are seen best; the bar above is as all others."""
        painter = QPainter(self)
        worn = theme.current()
        theme.fill(painter, self._bar.geometry(), worn.surface)
        theme.fill(painter, self.canvas.geometry(), worn.sunken if worn.dark else worn.toast)


class PairCanvas(QWidget):
    """One photo, or two to compare; with zoom, and a line between before and after that can be moved."""

    def __init__(self, pictures: PhotoPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._photos: tuple[KeptFile, ...] = ()
        self._mode = Mode.SIDE
        self.share = 0.5
        """Where the line stands: so much of the width shows the photo before."""
        self.zoom = 1.0
        self._shift = QPointF()
        self._held: QPointF | None = None
        self._moves_line = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty(OWN_DIGITS, "+0")
        pictures.came.connect(self._on_came)

    @property
    def mode(self) -> Mode:
        """How the pair is compared."""
        return self._mode

    def show_photos(self, photos: tuple[KeptFile, ...], mode: Mode) -> None:
        """Show these; another leaf begins in its own size."""
        if photos != self._photos:
            self.zoom, self._shift, self.share = 1.0, QPointF(), 0.5
        self._photos, self._mode = photos, mode
        self._say()
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Compare in another way."""
        self._mode = mode
        self._say()
        self.update()

    def looked_at(self) -> KeptFile | None:
        """The photo that a menu is about: in a pair the later one."""
        return self._photos[-1] if self._photos else None

    def _say(self) -> None:
        captions = [wording.photo_moment(photo.moment or PhotoMoment.OTHER) for photo in self._photos]
        said = wording.listed(captions)
        if self._has_line:
            share = wording.percent(round(self.share * 100), 100)
            said = _("{photos}; slider at {share}").format(photos=said, share=share)
        self.setAccessibleName(said)

    @property
    def _has_line(self) -> bool:
        return self._mode is Mode.SLIDER and len(self._photos) == 2

    def _on_came(self, stored_name: str) -> None:
        if any(photo.stored_name == stored_name for photo in self._photos):
            self.update()

    # ---- moving ----------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Larger."""
        self._set_zoom(self.zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Smaller, down to the whole photo."""
        self._set_zoom(self.zoom / _ZOOM_STEP)

    def _set_zoom(self, zoom: float) -> None:
        before, self.zoom = self.zoom, min(max(zoom, 1.0), _MOST_ZOOM)
        self._move_to(self._shift * (self.zoom / before))

    def _move_to(self, shift: QPointF) -> None:
        across, down = self.width() * (self.zoom - 1) / 2, self.height() * (self.zoom - 1) / 2
        self._shift = QPointF(min(max(shift.x(), -across), across), min(max(shift.y(), -down), down))
        self.update()

    def move_line(self, share: float) -> None:
        """Put the line between before and after elsewhere."""
        self.share = min(max(share, 0.0), 1.0)
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the line, or the photo when it is larger than its place; + and - zoom, 0 shows all of it."""
        step = _LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        way = ways.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self._set_zoom(1.0)
        elif way is not None and way[0] and self._has_line:
            self.move_line(self.share + way[0] * step)
        elif way is not None and self.zoom > 1:
            self._move_to(self._shift - QPointF(way[0], way[1]) * 48)
        elif event.key() == Qt.Key.Key_Home and self._has_line:
            self.move_line(0)
        elif event.key() == Qt.Key.Key_End and self._has_line:
            self.move_line(1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms."""
        if event.angleDelta().y():
            self._set_zoom(self.zoom * (_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the line, or the photo."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._held = event.position()
        at_line = self._has_line and abs(event.position().x() - self._line_x()) <= _GRIP
        self._moves_line = at_line or (self._has_line and self.zoom <= 1)
        if self._moves_line:
            self._move_line_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along."""
        if self._held is None:
            near = self._has_line and abs(event.position().x() - self._line_x()) <= _GRIP
            self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        elif self._moves_line:
            self._move_line_to(event.position().x())
        else:
            self._move_to(self._shift + event.position() - self._held)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def _move_line_to(self, x: float) -> None:
        place = self._places()[0]
        self.move_line((x - place.x()) / max(place.width(), 1))

    def _line_x(self) -> float:
        place = self._places()[0]
        return place.x() + place.width() * self.share

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay within the new size."""
        super().resizeEvent(event)
        self._move_to(self._shift)

    # ---- painting --------------------------------------------------------------------------------------------

    def _picture(self, photo: KeptFile) -> QPixmap | None:
        return self._pictures.fitting(photo, _LONGEST)

    def _places(self) -> list[QRectF]:
        """Where each photo stands in whole; with a line both stand in the same place, in the shape of the later one."""
        inside = QRectF(self.rect()).adjusted(24, 8, -24, -24)
        if self._has_line:
            return [_fitted(_shape(self._photos[1]), inside)] * 2
        count = max(len(self._photos), 1)
        width = (inside.width() - _BETWEEN * (count - 1)) / count
        return [
            _fitted(_shape(photo), QRectF(inside.x() + number * (width + _BETWEEN), inside.y(), width, inside.height()))
            for number, photo in enumerate(self._photos)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photos."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        places = self._places()
        for number, (photo, place) in enumerate(zip(self._photos, places, strict=True)):
            painter.save()
            if self._has_line and number == 1:
                # Before lies below and shows left of the line; after covers the rest.
                painter.setClipRect(QRectF(self._line_x(), 0, self.width(), self.height()))
            else:
                painter.setClipRect(self._part_of(number))
            self._paint_photo(painter, photo, place, worn)
            painter.restore()
        for number, (photo, place) in enumerate(zip(self._photos, places, strict=True)):
            self._paint_caption(painter, photo, place, number, worn)
        if self._has_line:
            self._paint_line(painter, places[0], worn)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.toast_action, 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 1, -8, -8), theme.RADIUS_TILE, theme.RADIUS_TILE)

    def _part_of(self, number: int) -> QRectF:
        """So far a zoomed photo may go: over its half of the canvas."""
        if self._has_line or len(self._photos) < 2:
            return QRectF(self.rect())
        half = self.width() / 2
        part = QRectF(0, 0, half - _BETWEEN / 2, self.height())
        return part if number == 0 else part.translated(half + _BETWEEN / 2, 0)

    def _paint_photo(self, painter: QPainter, photo: KeptFile, place: QRectF, worn: theme.Theme) -> None:
        picture = self._picture(photo)
        middle = place.center() + self._shift
        size = place.size() * self.zoom
        larger = QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)
        if picture is not None:
            painter.drawPixmap(larger, picture, QRectF(cover(picture.size(), place.size().toSize())))
            return
        painter.setPen(worn.on_toast)
        painter.setFont(theme.font(FontRole.BODY))
        is_lost = self._pictures.is_lost(photo)
        words = _("The file of this photo is missing or damaged.") if is_lost else _("Loading")
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)

    def _paint_caption(self, painter: QPainter, photo: KeptFile, place: QRectF, number: int, worn: theme.Theme) -> None:
        caption = wording.photo_moment(photo.moment or PhotoMoment.OTHER)
        corner = place.bottomLeft() + QPointF(12, -32)
        if self._has_line and number == 1:
            corner = place.bottomRight() + QPointF(-12 - pill_width(caption), -32)
        paint_pill(painter, corner, caption, Tint(worn.toast, worn.on_toast))

    def _paint_line(self, painter: QPainter, place: QRectF, worn: theme.Theme) -> None:
        x = self._line_x()
        painter.setPen(QPen(worn.on_toast, 2))
        painter.drawLine(QPointF(x, place.y()), QPointF(x, place.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.on_toast)
        knob = QPointF(x, place.center().y())
        painter.drawEllipse(knob, _KNOB, _KNOB)
        for name, shift in (("chevron-left", -15), ("chevron-right", -1)):
            mark = icons.pixmap(name, worn.toast, 16, self.devicePixelRatioF())
            painter.drawPixmap(knob + QPointF(shift, -8), mark)


def _shape(photo: KeptFile) -> QSizeF:
    return QSizeF(photo.width or 1, photo.height or 1)


def _fitted(shape: QSizeF, place: QRectF) -> QRectF:
    size = shape.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    fitted = QRectF(QPointF(), size)
    fitted.moveCenter(place.center())
    return fitted


def _heading(work: VisitWork) -> str:
    if work.visit is None:
        return _("Without a visit")
    masters = wording.listed([wording.short_name(name) for name in work.visit.masters])
    return f"{wording.short_date(work.visit.day)} · {', '.join(work.visit.services)} · {masters}"
