"""Opening a client's card among a hundred thousand, every card with something on it."""

import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEventLoop

from app import launch
from app.clock import standing_at
from app.launch import Places
from app.models.connection import Database
from app.models.opening import open_existing
from app.salon.clients import alerts, card as cards, glance, questions, ready_questions, standing, timeline
from app.salon.transaction import Salon, carry_out
from app.vocabulary import Language
from tests.benchmarks import many_clients, ten_years
from tests.benchmarks.measuring import Took, in_turn, timed, told

NAME = "hundred-thousand-cards-1.vizit"
"""With a number that rises when what is written onto the cards changes."""
_TIMES = 300
_IDLE_SECONDS = 0.15
_WRITTEN_DOWN = """
INSERT INTO client_note (client_id, kind, text, at, actor)
SELECT c.id, CASE n.value WHEN 1 THEN 'call' ELSE 'note' END, 'Боится горячего фена, просит говорить тише',
       '2026-0' || n.value || '-03 09:00:00.000000', 'Полина' FROM client c, json_each('[1,2,3,4]') n;
INSERT INTO bonus_entry (client_id, amount, reason, at, actor)
SELECT id, 30000, 'За подругу', '2026-04-03 09:00:00.000000', 'Полина' FROM client;
INSERT INTO task (client_id, text, due_at, created_at, created_by, done_by)
SELECT id, 'Перезвонить', '2026-05-20 12:00', '2026-05-10 09:00:00.000000', 'Полина', '' FROM client WHERE id % 3 = 0;
INSERT INTO answer (client_id, question_id, text, choice_id, is_declined, at, actor)
SELECT c.id, q.id, '', (SELECT MIN(x.id) FROM question_choice x WHERE x.question_id = q.id), 0,
       '2026-01-05 09:00:00.000000', 'Полина' FROM client c, question q WHERE q.answer_kind = 'choice'
"""


def file(folder: Path) -> Path:
    """The file with the cards in ``folder``."""
    path = folder / NAME
    if not path.exists():
        unfinished = folder / f"{NAME}.unfinished"
        shutil.copyfile(many_clients.file(folder), unfinished)
        database = open_existing(unfinished)
        salon = Salon(database, standing_at(ten_years.NOW, ten_years.ZONE), "Полина")
        carry_out(salon, questions.propose, ready_questions.read(Language.RUSSIAN))
        with database.writing():
            for text in _WRITTEN_DOWN.split(";"):
                database.rows(text)
        database.close()
        unfinished.replace(path)
    return path


def opening(folder: Path) -> None:
    """A card as it is read, and as it is opened with its widgets, beside its bare queries; line: p99 50 ms."""
    path = file(folder)
    database, plain = open_existing(path), ten_years.bare(path)
    rng = Random(8)
    asked = [rng.randrange(1, many_clients.CLIENTS) for _time in range(_TIMES)]
    bare = [_bare(database, plain, client) for client in asked]
    mine_read, bare_read = in_turn([lambda client=client: _read(database, client) for client in asked], bare)
    told("reading a card among 100,000, beside its bare queries", mine_read, bare_read, "p99 50 ms")
    opened = _opened(database, asked, bare)
    told("opening a card among 100,000 until it is painted, beside its bare queries", *opened, line="p99 50 ms")
    plain.close()
    database.close()


def _read(database: Database, client_id: int) -> None:
    now = standing_at(ten_years.NOW, ten_years.ZONE).now()
    card = cards.read(database, client_id, ten_years.TODAY)
    standing.read(database, client_id)
    if card.next_visit is not None:
        alerts.seen_at(database, card.next_visit.visit_id)
    glance.read(database, card, now)
    timeline.read(database, client_id, now, ten_years.ZONE)


def _bare(database: Database, plain: sqlite3.Connection, client_id: int) -> Callable[[], object]:
    """The same queries as a program without this house would ask them, and nothing made of their rows."""
    texts: list[str] = []
    database.connection.set_trace_callback(texts.append)
    _read(database, client_id)
    database.connection.set_trace_callback(None)
    return lambda: [plain.execute(text).fetchall() for text in texts]


def _opened(database: Database, asked: list[int], bare: list[Callable[[], object]]) -> tuple[list[Took], list[Took]]:
    """From the wish to the painted card in the real window, which is left alone for a moment before each."""
    salon = Salon(database, standing_at(ten_years.NOW, ten_years.ZONE), "Полина")
    running = launch.build(launch.application(["vizit"]), Places(None), salon=salon)
    running.window.resize(1366, 820)
    running.window.show()

    def open_card(client_id: int) -> None:
        running.window.open_client(client_id)
        for _round in range(2):  # what is laid out in the first may have to be painted in the second
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    open_card(asked[0])  # the first one makes what all of them need
    times: tuple[list[Took], list[Took]] = ([], [])
    for client, queries in zip(asked, bare, strict=True):
        _settle()
        for kept, act in zip(times, (lambda client=client: open_card(client), queries), strict=True):
            kept.append(timed(act))
    running.close()
    return times


def _settle() -> None:
    """Let the window do what it does when nobody asks anything of it."""
    until = time.perf_counter() + _IDLE_SECONDS
    while time.perf_counter() < until:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
