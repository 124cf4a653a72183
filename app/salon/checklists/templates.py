"""The salon's own checklists, by stage."""

from dataclasses import dataclass

from app import models
from app.errors import NameMissing
from app.models.connection import Database
from app.salon.transaction import Work
from app.vocabulary import Action, Stage


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step that every visit of the service will have."""

    stage: Stage
    text: str
    is_required: bool = False


def add(work: Work, name: str, planned: tuple[PlannedStep, ...]) -> int:
    """Keep a checklist; returns its id. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    template_id = work.insert(models.ChecklistTemplate, name=name.strip())
    work.tell(Action.CATALOGUE_CHANGED, note=name.strip())
    for position, step in enumerate(planned):
        work.insert(
            models.TemplateStep,
            template=template_id,
            stage=step.stage,
            position=position,
            text=step.text,
            is_required=step.is_required,
        )
    return template_id


def named(database: Database) -> list[tuple[int, str]]:
    """The checklists by name: (id, name)."""
    return [(row[0], row[1]) for row in database.rows("SELECT id, name FROM checklist_template ORDER BY name, id")]
