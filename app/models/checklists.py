"""The steps of a service (template) and of one visit."""

from peewee import BooleanField, ForeignKeyField, IntegerField

from app.models.fields import Instant, WordField, Words
from app.models.table import Table
from app.vocabulary import Stage


class ChecklistTemplate(Table):
    """A named list of steps that services copy into their visits."""

    name = Words()
    archived_at = Instant(null=True)

    class Meta:
        table_name = "checklist_template"


class TemplateStep(Table):
    """One step of a checklist."""

    template = ForeignKeyField(ChecklistTemplate, on_delete="RESTRICT")
    stage = WordField(Stage)
    position = IntegerField()
    text = Words()
    is_required = BooleanField(default=False)

    class Meta:
        table_name = "template_step"
