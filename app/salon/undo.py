"""Taking an act back as a whole: its rows, and the reminders of the visits that it concerned."""

from app.salon import journal
from app.salon.reminders import queue
from app.salon.scheduling import overbooking
from app.salon.transaction import Work
from app.vocabulary import Action


def take_back(work: Work, entry_id: int) -> Action:
    """Undo the act of this journal entry; returns what was taken back.

    Rows alone are not enough when other acts came between: a client who had arrived was moved to Friday, and now
    the arrival is undone. The visit is awaited again, so it needs a reminder that no row of the arrival tells of.
    Raises what ``journal.undo`` raises.
    """
    action = journal.undo(work, entry_id)
    overbooking.settle(work)
    for visit_id in journal.visits_of(work.database, entry_id):
        queue.replan(work, visit_id)
    return action
