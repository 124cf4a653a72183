"""The photos of last time on the first tab of the card; all of them are on the tab beside."""

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import wording
from app.language import _
from app.salon.clients.files import KeptFile, LatestPhotos
from app.ui.clients.photo_pictures import PhotoPictures
from app.ui.clients.photo_tile import PhotoTile
from app.ui.desk import Desk
from app.ui.theme import FontRole
from app.ui.widgets.label import Label
from app.vocabulary import PhotoMoment

_SIZE = QSize(171, 112)
_MOST = 2


class LastPhotos(QWidget):
    """Before and after beside each other; without photos it takes no room."""

    opened = Signal()
    """Somebody wants to see them large, and the earlier ones."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PhotoPictures(desk, self)
        self._shown: tuple[KeptFile, ...] = ()
        self.tiles: list[PhotoTile] = []
        self._heading = Label("", FontRole.SECONDARY, "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addLayout(self._row)
        self.hide()

    def show_photos(self, latest: LatestPhotos | None, today: date) -> None:
        """Show how it looked last time."""
        self.setVisible(latest is not None)
        pair = () if latest is None else tuple(one for one in (latest.before, latest.after) if one is not None)
        chosen = pair or (latest.photos[:_MOST] if latest else ())
        if latest is not None:
            self._heading.setText(f"{_('Photos')} · {wording.short_date(latest.day, today)}")
        if chosen != self._shown:
            self._shown = chosen
            self._fill()

    def _fill(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tiles = [PhotoTile(self._pictures, one, one.moment or PhotoMoment.OTHER, _SIZE) for one in self._shown]
        for tile in self.tiles:
            tile.setAcceptDrops(False)
            tile.opened.connect(self.opened)
            self._row.addWidget(tile, 0, Qt.AlignmentFlag.AlignLeft)
            tile.show()  # at once, not when the layout comes round to it: the card must not blink
        self._row.addStretch(1)
