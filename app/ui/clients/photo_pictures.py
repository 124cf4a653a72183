"""The photos of a card as pictures to paint: drawn beside the window, kept as long as there is room."""

from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from app.errors import KeptFileGone
from app.language import _
from app.salon.clients import files
from app.salon.clients.files import KeptFile
from app.ui.background import Job
from app.ui.clients import photo_drawing
from app.ui.desk import Desk

MOST_BYTES = 64 * 1024 * 1024
"""So much memory the pictures of a card take at most; what was not looked at for longest is drawn again."""

_Key = tuple[str, int, int]


class PhotoPictures(QObject):
    """Gives pictures that are there at once, and draws the others; ``came`` tells when to ask again."""

    came = Signal(str)
    """The stored name of a photo of which a picture came, or turned out to be lost."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._lost: set[str] = set()
        self._jobs: dict[_Key, Job] = {}
        self.destroyed.connect(partial(_cancel, self._jobs))

    def covering(self, file: KeptFile, size: QSize) -> QPixmap | None:
        """The photo so that it covers ``size`` (device pixels); None while it is being drawn, or when it is lost."""
        return self._picture(file, (file.stored_name, size.width(), size.height()))

    def fitting(self, file: KeptFile, longest: int) -> QPixmap | None:
        """The photo with no side longer than ``longest`` (device pixels); None as above."""
        return self._picture(file, (file.stored_name, longest, 0))

    def is_lost(self, file: KeptFile) -> bool:
        """Whether the photo cannot be shown: its file is gone or damaged."""
        return file.stored_name in self._lost

    def look_again(self) -> None:
        """What was lost may be there again: somebody brought it back from a backup."""
        self._lost.clear()

    def _picture(self, file: KeptFile, key: _Key) -> QPixmap | None:
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
        elif key not in self._jobs and file.stored_name not in self._lost:
            self._begin(file, key)
            return self._pictures.get(key)
        return found

    def _begin(self, file: KeptFile, key: _Key) -> None:
        try:
            path = files.path_of(self._desk.salon.database, file)
        except KeptFileGone:
            self._lost.add(file.stored_name)
            return
        job = self._desk.background.run(
            partial(_draw, path, key), partial(self._take, key), partial(self._lose, key), label=_("Showing a photo")
        )
        if key not in self._pictures and key[0] not in self._lost:
            self._jobs[key] = job

    def _take(self, key: _Key, image: QImage) -> None:
        self._jobs.pop(key, None)
        if image.isNull():
            self._lost.add(key[0])
        else:
            self._pictures[key] = QPixmap.fromImage(image)
            while len(self._pictures) > 1 and sum(map(_bytes_of, self._pictures.values())) > MOST_BYTES:
                self._pictures.popitem(last=False)
        self.came.emit(key[0])

    def _lose(self, key: _Key, _problem: Exception) -> None:
        self._take(key, QImage())


def _draw(path: Path, key: _Key, job: Job) -> QImage:
    job.report(0)  # a card that was closed wants no pictures any more
    _name, width, height = key
    return photo_drawing.covering(path, QSize(width, height)) if height else photo_drawing.fitting(path, width)


def _bytes_of(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


def _cancel(jobs: dict[_Key, Job], _gone: object = None) -> None:
    for job in jobs.values():
        job.cancel()
    jobs.clear()
