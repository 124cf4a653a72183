"""What every table shares. Tables are bound to no database: each query names the one it runs on."""

from typing import Any

from peewee import Model


class Table(Model):
    """A table of the salon: an integer key, an explicit name, no query of its own."""


def index_filled(table: Any, first: str, *others: str, unique: bool = False) -> None:
    """Index the rows that have something in ``first``. Where most have nothing, that costs a writing no page."""
    columns = [getattr(table, name) for name in (first, *others)]
    table.add_index(table.index(*columns, unique=unique, where=columns[0].is_null(is_null=False)))
