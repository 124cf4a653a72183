"""Notes and calls: lines that somebody wrote on the timeline of a card."""

from app import models
from app.errors import TextMissing
from app.salon.transaction import Work
from app.salon.typed import text
from app.vocabulary import Action, NoteKind


def add(work: Work, client_id: int, kind: NoteKind, typed: str, visit_id: int | None = None) -> int:
    """Write a note, or what was said in a call; returns its id. Raises TextMissing, TextTooLong."""
    said = text(typed)
    if not said:
        raise TextMissing
    work.tell(Action.NOTE_ADDED, client=client_id, note=kind)
    return work.insert(
        models.ClientNote,
        client=client_id,
        visit=visit_id,
        kind=kind,
        text=said,
        at=work.now,
        actor=work.salon.actor,
    )


def remove(work: Work, client_id: int, note_id: int) -> None:
    """Take a line off the timeline; the journal keeps it, undo brings it back. Raises Gone."""
    work.tell(Action.NOTE_REMOVED, client=client_id)
    work.delete(models.ClientNote, note_id)
