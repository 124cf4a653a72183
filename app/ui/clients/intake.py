"""Photos and files on their way onto a card: dropped, pasted or chosen, read beside the window.

The way is gone to its end although the card is closed meanwhile: whoever drops a photo and goes on has added it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from app import wording
from app.errors import NothingInFile, PhotosOfPhones, PictureOfAnotherKind, SalonError, TooManyFiles, Trouble
from app.explain import sentence
from app.language import _, ngettext
from app.salon.clients import files
from app.salon.clients.files import TakenIn
from app.ui.background import Job
from app.ui.clients import photo_drawing
from app.ui.desk import Desk
from app.vocabulary import PhotoMoment

Source = Path | QImage
"""A file, or a picture from the clipboard."""
Ended = Callable[[str], None]
"""Told at the end: what could not be added, in words; empty when all was."""


def sources_of(mime: QMimeData | None) -> list[Source]:
    """What of a drop or of the clipboard can be added: files of this computer, or else a picture.

    Nothing is ever fetched from the internet: of a picture in a browser its pixels are taken.
    """
    if mime is None:
        return []
    paths: list[Source] = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if paths:
        return paths
    image = mime.imageData() if mime.hasImage() else None
    return [image] if isinstance(image, QImage) and not image.isNull() else []


def begin(
    desk: Desk,
    client_id: int,
    sources: Sequence[Source],
    visit_id: int | None,
    moment: PhotoMoment | None,
    ended: Ended,
) -> Job | None:
    """Take ``sources`` in beside the window, then put them onto the card in one act. None when nothing was begun."""
    if len(sources) > files.MOST_AT_ONCE:
        ended(sentence(TooManyFiles(files.MOST_AT_ONCE)))
        return None
    try:
        files.check_card(desk.salon.database, client_id)
    except SalonError as problem:
        ended(sentence(problem))
        return None
    return _Intake(desk, client_id, list(sources), visit_id, moment, ended).begin()


class _Intake:
    """No object of Qt, so that it outlives the card from which it came."""

    def __init__(
        self,
        desk: Desk,
        client_id: int,
        sources: list[Source],
        visit_id: int | None,
        moment: PhotoMoment | None,
        ended: Ended,
    ) -> None:
        self._desk = desk
        self._client_id = client_id
        self._sources = sources
        self._visit_id = visit_id
        self._moment = moment
        self._ended = ended

    def begin(self) -> Job:
        database = self._desk.salon.database
        _folder = database.files_folder  # known before two threads ask for it
        job = self._desk.background.run(self._take_in, self._keep, self._give_up, label=_("Adding photos"))
        job.is_wished = True
        return job

    def _take_in(self, job: Job) -> tuple[list[TakenIn], list[str]]:
        database = self._desk.salon.database
        taken: list[TakenIn] = []
        problems: list[str] = []
        of_phones: list[str] = []
        for number, source in enumerate(self._sources):
            job.report(number, len(self._sources))
            try:
                if isinstance(source, Path):
                    taken.append(files.take_in(database, source, photo_drawing.redrawn))
                else:
                    taken.append(files.take_in_content(database, _content_of(source), "", photo_drawing.redrawn))
            except PictureOfAnotherKind as problem:
                (of_phones if problem.kind == "HEIC" else problems).append(sentence(problem))
            except (SalonError, Trouble) as problem:
                problems.append(sentence(problem))
        # A phone gives many at once, and all need the same: it is said once.
        return taken, [*problems, *(of_phones if len(of_phones) < 2 else [sentence(PhotosOfPhones(len(of_phones)))])]

    def _keep(self, outcome: tuple[list[TakenIn], list[str]]) -> None:
        taken, problems = outcome
        if taken:
            done = self._desk.perform(files.keep, self._client_id, taken, self._visit_id, self._moment)
            if done is not None:
                said = ngettext("{n} file is on the card", "{n} files are on the card", len(taken))
                self._desk.perform.tell(said.format(n=wording.number(len(taken))))
        self._ended("\n".join(dict.fromkeys(problems)))

    def _give_up(self, problem: Exception) -> None:
        if isinstance(problem, SalonError | Trouble):
            self._ended(sentence(problem))
        else:
            self._ended("")


def _content_of(image: QImage) -> bytes:
    """Raises NothingInFile."""
    try:
        return photo_drawing.pasted(image, files.LONGEST_SIDE)
    except ValueError as error:
        raise NothingInFile("") from error
