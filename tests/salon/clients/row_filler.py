"""Rows of any table, made up from its fields: a table that is added later is filled without being named here."""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from peewee import ForeignKeyField

from app import models
from app.models.connection import table_name
from app.models.fields import Day, Instant, WallClock, WordField, Words
from app.salon.transaction import Work
from app.vocabulary import Action
from tests.builders import TODAY, at


@dataclass(slots=True)
class RowFiller:
    """Fills tables within one act; rows that a row needs beside it are made as well."""

    work: Work
    random: Random
    made: dict[str, int] = field(default_factory=dict[str, int])

    def fill_around(self, clients: list[int]) -> None:
        """One row in every table that points to a client, for each of ``clients``."""
        self.work.tell(Action.CLIENT_CHANGED)
        pointing = {name for name, _column in self.work.database.references_to("client")}
        for table in models.ALL_TABLES:
            if table_name(table) in pointing - {"client"}:
                for client in clients:
                    self._row(table, client, clients)

    def _row(self, table: Any, client: int, clients: list[int]) -> int:
        values: dict[str, Any] = {}
        for one in table._meta.sorted_fields[1:]:
            if isinstance(one, ForeignKeyField):
                if one.rel_model is models.Client:
                    values[one.name] = client if one.name == "client" else self._other(client, clients)
                elif not one.null:
                    values[one.name] = self._needed(one.rel_model, client, clients)
            elif one.default is None and not one.null:
                values[one.name] = self._value(one)
        if table is models.NotDuplicate:
            values["client"], values["other"] = sorted((values["client"], values["other"]))
        if self._is_there(table, values):
            return 0
        return self.work.insert(table, **values)

    def _other(self, client: int, clients: list[int]) -> int:
        return self.random.choice([one for one in clients if one != client])

    def _needed(self, table: Any, client: int, clients: list[int]) -> int:
        name = table_name(table)
        found = self.work.database.value(f'SELECT id FROM "{name}" ORDER BY id LIMIT 1')
        return int(found) if found is not None else self._row(table, client, clients)

    def _is_there(self, table: Any, values: dict[str, Any]) -> bool:
        name, meta = table_name(table), table._meta
        kept = {meta.fields[key].column_name: meta.fields[key].db_value(value) for key, value in values.items()}
        for columns in self.work.database.unique_columns(name):
            if set(columns) <= set(kept):
                same = " AND ".join(f"{column} = ?" for column in columns)
                found = self.work.database.value(
                    f'SELECT 1 FROM "{name}" WHERE {same}', [kept[column] for column in columns]
                )
                if found:
                    return True
        return False

    def _value(self, one: Any) -> Any:
        match one:
            case WordField():
                words: list[StrEnum] = list(one.words)
                return self.random.choice(words)
            case Instant():
                return self.work.now
            case Day():
                return TODAY
            case WallClock():
                return at(12, days=self.random.randint(1, 3))
            case Words():
                return self.random.choice(["ацетон", "кофе", "мама"])
            case _ if one.field_type in ("INT", "INTEGER", "BOOL"):
                return self.random.randint(0, 1)
            case _:
                return f"{self.random.randint(0, 3)}" if not one.unique else f"{self.random.random()}"
