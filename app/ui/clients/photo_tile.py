"""A photo on the card, and the place where one is still missing."""

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from app import wording
from app.language import _
from app.salon.clients.files import KeptFile
from app.ui import icons, theme
from app.ui.clients.intake import sources_of
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.theme import FontRole, Tint
from app.ui.widgets.label import tip
from app.ui.widgets.pill import paint_pill
from app.vocabulary import PhotoMoment

LARGE, FLAT, SMALL = QSize(171, 171), QSize(171, 88), QSize(81, 81)
"""A photo of a pair, the place of a pair that is still missing altogether, and a photo beside the pairs."""
_ICON = 22
_INSET = 8


class PhotoTile(QWidget):
    """Shows a photo, or invites to add the one that is missing. A click or Enter opens it, the menu key offers more."""

    opened = Signal()
    menu_wanted = Signal(object)
    """The place on the screen (``QPoint``) at which the menu is to open."""
    put_away_wanted = Signal()
    dropped = Signal(object)
    """A list of ``Source``."""

    def __init__(
        self,
        pictures: PhotoPictures,
        file: KeptFile | None,
        moment: PhotoMoment,
        size: QSize = LARGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.file = file
        self.moment = moment
        self._pictures = pictures
        self._is_over = False
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptDrops(True)
        self.setAccessibleName(self._name())
        self.setToolTip("" if file is None else tip(file.shown_name))
        pictures.came.connect(self._on_came)

    @property
    def picture(self) -> QPixmap | None:
        """What is shown; None while it is drawn, when it is lost, and where there is none."""
        if self.file is None:
            return None
        return self._pictures.covering(self.file, self.size() * self.devicePixelRatioF())

    def _name(self) -> str:
        caption = wording.photo_moment(self.moment)
        if self.file is None:
            return _("Add a photo: {moment}").format(moment=caption)
        return f"{caption}, {self.file.shown_name}" if self.file.shown_name else caption

    def _on_came(self, stored_name: str) -> None:
        if self.file is not None and self.file.stored_name == stored_name:
            self.update()

    # ---- acting ----------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it, Delete takes it off the card."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.opened.emit()
            case Qt.Key.Key_Delete if self.file is not None:
                self.put_away_wanted.emit()
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the photo."""
        if self.file is None:
            return
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.mapToGlobal(self.rect().center()) if is_key else event.globalPos())

    # ---- dropping --------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a photo may be let go here."""
        if can_drop(event.mimeData()):
            event.acceptProposedAction()
            self._set_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It is carried on."""
        super().dragLeaveEvent(event)
        self._set_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was let go."""
        self._set_over(is_over=False)
        event.acceptProposedAction()
        self.dropped.emit(sources_of(event.mimeData()))

    def _set_over(self, *, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    # ---- painting --------------------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be opened."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo with its caption, or the place for it."""
        worn = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.file is None:
            self._paint_place(painter, place, worn)
        else:
            self._paint_photo(painter, place, self.file, worn)
        if self.hasFocus() or self._is_over:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(worn.accent, 2))
            painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)

    def _paint_place(self, painter: QPainter, place: QRectF, worn: theme.Theme) -> None:
        pen = QPen(worn.accent if self.underMouse() else worn.control_line, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(worn.accent_soft if self._is_over else worn.hover)
        painter.drawRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
        ink = worn.accent if self.underMouse() else worn.muted
        middle = place.center()
        mark = icons.pixmap("plus", ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - _ICON / 2, middle.y() - _ICON), mark)
        painter.setPen(ink)
        painter.setFont(theme.font(FontRole.STRONG))
        words = QRectF(place.x(), middle.y() + 4, place.width(), 24)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), wording.photo_moment(self.moment))

    def _paint_photo(self, painter: QPainter, place: QRectF, file: KeptFile, worn: theme.Theme) -> None:
        picture = self.picture
        path = QPainterPath()
        path.addRoundedRect(place, theme.RADIUS_TILE, theme.RADIUS_TILE)
        painter.save()
        painter.setClipPath(path)
        theme.fill(painter, place, worn.sunken)
        if picture is not None:
            painter.drawPixmap(place, picture, QRectF(cover(picture.size(), place.size().toSize())))
        else:
            mark = icons.pixmap(
                "circle-alert" if self._pictures.is_lost(file) else "image", worn.muted, _ICON, self.devicePixelRatioF()
            )
            painter.drawPixmap(place.center() - QPointF(_ICON / 2, _ICON / 2), mark)
        if self.underMouse():
            painter.setOpacity(0.25)
            theme.fill(painter, place, worn.veil)
        painter.restore()
        if self.width() >= LARGE.width():
            caption = wording.photo_moment(self.moment)
            corner = QPointF(_INSET, self.height() - _INSET - 20)
            paint_pill(painter, corner, caption, Tint(worn.toast, worn.on_toast))


def cover(picture: QSize, place: QSize) -> QRect:
    """The middle of a picture that fills a place of another shape."""
    wide = picture.width() * place.height() > picture.height() * place.width()
    width = picture.height() * place.width() // max(place.height(), 1) if wide else picture.width()
    height = picture.height() if wide else picture.width() * place.height() // max(place.width(), 1)
    return QRect((picture.width() - width) // 2, (picture.height() - height) // 2, width, height)


def can_drop(mime: QMimeData | None) -> bool:
    """Whether something of this may be added."""
    return bool(sources_of(mime))
