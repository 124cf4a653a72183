"""Long work beside the window: its end is told on the window's thread, and it can be given up."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.errors import DiskFull
from app.ui.background import Background, Job
from tests.fakes import InlineBackground
from tests.patience import PATIENCE


@pytest.fixture(params=[Background, InlineBackground])
def background(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Background]:
    """The real one and its stand-in must behave alike."""
    made = request.param()
    yield made
    made.close()


class Waiting:
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.problems: list[Exception] = []
        self.thread: QThread | None = None

    def done(self, result: object) -> None:
        self.results.append(result)
        self.thread = QThread.currentThread()

    def failed(self, problem: Exception) -> None:
        self.problems.append(problem)
        self.thread = QThread.currentThread()


def test_the_result_comes_on_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    waiting, jobs = Waiting(), []
    background.started.connect(jobs.append)
    background.run(lambda _job: 41 + 1, waiting.done, waiting.failed, label="Считаем")
    qtbot.waitUntil(lambda: bool(waiting.results))
    assert waiting.results == [42]
    assert waiting.thread is QThread.currentThread()
    assert [job.label for job in jobs] == ["Считаем"]
    assert not background.is_busy


def test_trouble_is_told_and_the_program_goes_on(qtbot: QtBot, background: Background) -> None:
    def fail(_job: Job) -> None:
        raise DiskFull

    waiting = Waiting()
    background.run(fail, waiting.done, waiting.failed, label="Пишем")
    qtbot.waitUntil(lambda: bool(waiting.problems))
    assert isinstance(waiting.problems[0], DiskFull)
    assert waiting.results == []


def test_a_fault_of_the_program_is_told_and_raised(qtbot: QtBot) -> None:
    def fail(_job: Job) -> None:
        raise ZeroDivisionError("a bug")

    waiting, background = Waiting(), Background()
    with capture_exceptions() as raised:
        background.run(fail, waiting.done, waiting.failed, label="Считаем")
        qtbot.waitUntil(lambda: bool(waiting.problems))
    assert [type(each[1]) for each in raised] == [ZeroDivisionError]
    background.close()


def test_progress_is_told(qtbot: QtBot) -> None:
    background, waiting, steps = Background(), Waiting(), []
    may_begin = threading.Event()

    def work(job: Job) -> str:
        may_begin.wait(PATIENCE)
        for row in range(3):
            job.report(row, 3)
        return "готово"

    job = background.run(work, waiting.done, waiting.failed, label="Загружаем")
    job.progressed.connect(lambda done, total: steps.append((done, total)))
    assert background.is_busy
    may_begin.set()
    qtbot.waitUntil(lambda: bool(waiting.results))
    assert steps == [(0, 3), (1, 3), (2, 3)]
    background.close()


def test_what_was_given_up_tells_nobody(qtbot: QtBot) -> None:
    background, waiting = Background(), Waiting()
    may_begin = threading.Event()
    went_on: list[bool] = []

    def work(job: Job) -> None:
        may_begin.wait(PATIENCE)
        job.report(1, 2)
        went_on.append(True)

    job = background.run(work, waiting.done, waiting.failed, label="Загружаем")
    job.cancel()
    with qtbot.waitSignal(job.ended):
        may_begin.set()
    assert (waiting.results, waiting.problems, went_on) == ([], [], [])
    background.close()


def test_what_is_over_may_be_given_up_by_who_has_not_heard_of_it(qtbot: QtBot, background: Background) -> None:
    waiting = Waiting()
    job = background.run_apart(lambda _job: 42, waiting.done, waiting.failed, label="Смотрим")
    qtbot.waitUntil(lambda: bool(waiting.results))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    job.cancel()
    assert not job.is_cancelled


def test_closing_waits_for_what_is_under_way_and_tells_nobody(qtbot: QtBot, qapp: object) -> None:
    background, waiting = Background(), Waiting()
    ended = threading.Event()
    may_begin = threading.Event()

    def work(job: Job) -> None:
        may_begin.wait(PATIENCE)
        try:
            job.report(1)
        finally:
            ended.set()

    background.run(work, waiting.done, waiting.failed, label="Загружаем")
    threading.Timer(0.05, may_begin.set).start()
    background.close()
    assert ended.is_set()
    assert (waiting.results, waiting.problems) == ([], [])


def test_what_hangs_in_a_dead_drive_ends_for_who_gives_it_up_and_holds_nobody_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.background._PATIENCE_APART", 0.01)
    background, waiting, answers, ended = Background(), Waiting(), threading.Event(), list[str]()

    def hang(_job: Job) -> str:
        answers.wait(PATIENCE)
        return "too late"

    jobs = [background.run_apart(hang, waiting.done, waiting.failed, label=f"Смотрим {n}") for n in range(4)]
    background.run(lambda _job: "beside them", waiting.done, waiting.failed, label="Считаем")
    qtbot.waitUntil(lambda: waiting.results == ["beside them"])
    jobs[0].ended.connect(partial(ended.append, "at once"))
    jobs[0].cancel()
    assert ended == ["at once"]
    assert background.is_busy
    workers = [one for one in threading.enumerate() if one.name.startswith("Смотрим")]
    background.close()
    assert len(workers) == 4
    assert all(one.daemon and one.is_alive() for one in workers), "the program ends without them"
    answers.set()
    for one in workers:
        one.join(PATIENCE)
    assert not background.is_busy
    assert (waiting.results, waiting.problems) == (["beside them"], [])


def test_what_is_done_apart_tells_its_end_on_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    waiting = Waiting()
    background.run_apart(lambda _job: 42, waiting.done, waiting.failed, label="Смотрим")
    qtbot.waitUntil(lambda: bool(waiting.results))
    assert (waiting.results, waiting.thread) == ([42], QThread.currentThread())


def test_what_became_final_is_not_given_up_and_what_was_given_up_never_becomes_final(qtbot: QtBot) -> None:
    background, waiting, may_go_on = Background(), Waiting(), threading.Event()
    final, stopped = threading.Event(), list[bool]()

    def work(job: Job) -> str:
        job.finalise()
        final.set()
        may_go_on.wait(PATIENCE)
        job.report(1, 1)
        return "готово"

    def too_late(job: Job) -> None:
        may_go_on.wait(PATIENCE)
        job.finalise()
        stopped.append(False)

    job = background.run_apart(work, waiting.done, waiting.failed, label="Меняем")
    assert final.wait(PATIENCE)
    job.cancel()
    assert not job.is_cancelled
    given_up = background.run(too_late, waiting.done, waiting.failed, label="Меняем")
    given_up.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(waiting.results) and not background.is_busy)
    assert (waiting.results, waiting.problems, stopped) == (["готово"], [], [])
    background.close()
