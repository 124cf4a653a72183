"""What the screen says about one reminder."""

from datetime import datetime

from app import wording
from app.clock import wall_time
from app.language import _
from app.salon.reminders.queue import ReminderLine
from app.ui.theme import Tone
from app.vocabulary import Channel, ReminderStatus, VisitStatus


def visit_day(line: ReminderLine, now: datetime) -> str:
    """The day of the visit, or since when an invitation waits: "завтра", or the date when that says more."""
    day = line.visit_starts_at.date()
    if abs((day - now.date()).days) <= 1:
        return wording.relative_day(day, now.date())
    return wording.weekday_and_date(day, now.date())


def clock(line: ReminderLine) -> str:
    """When the visit begins; empty for an invitation."""
    return "" if line.is_invitation else wording.clock_time(line.visit_starts_at)


def what_for(line: ReminderLine, message: str) -> str:
    """The services of the visit; of an invitation the words that go out, in one line."""
    return " ".join(message.split()) if line.is_invitation else line.services


def due(line: ReminderLine, now: datetime) -> str:
    """Since when it waits, or when its time comes."""
    time = wording.clock_time(line.due_at)
    away = (line.due_at.date() - now.date()).days
    if line.due_at > now:
        return time if away == 0 else _("tomorrow at {time}").format(time=time)
    match away:
        case 0:
            return _("since {time}").format(time=time)
        case -1:
            return _("since yesterday, {time}").format(time=time)
        case _:
            return _("since {date}, {time}").format(date=wording.day_and_month(line.due_at.date()), time=time)


def outcome(line: ReminderLine) -> tuple[str, Tone]:
    """What became of it, as a pill says it."""
    match line.status:
        case ReminderStatus.SENT:
            return wording.reminder_status(line.status), Tone.ACCENT
        case ReminderStatus.FAILED:
            return wording.reminder_status(line.status), Tone.DANGER
        case ReminderStatus.SKIPPED | ReminderStatus.CANCELLED:
            return wording.reminder_status(line.status), Tone.NEUTRAL
        case _:
            return _("not sent in time"), Tone.DANGER


def why(line: ReminderLine) -> str:
    """Through what it was sent, or why it was not; empty where there is nothing to add."""
    match line.status:
        case ReminderStatus.SENT | ReminderStatus.FAILED if line.sent_through not in (None, Channel.BY_HAND):
            return wording.channel(line.sent_through)
        case ReminderStatus.SENT:
            return wording.channel(Channel.BY_HAND)
        case ReminderStatus.SKIPPED if line.skip_reason is not None:
            return wording.skip_reason(line.skip_reason)
        case ReminderStatus.CANCELLED:
            return _why_cancelled(line.visit_status)
        case _:
            return ""


def _why_cancelled(visit: VisitStatus | None) -> str:
    match visit:
        case VisitStatus.CANCELLED:
            return _("The visit was cancelled")
        case VisitStatus.NO_SHOW:
            return _("The client did not come")
        case VisitStatus.ARRIVED | VisitStatus.IN_SERVICE | VisitStatus.COMPLETED:
            return _("The client is here already")
        case _:
            return _("The visit was moved")


def told(line: ReminderLine, zone: str) -> str:
    """When it was closed, and by whom if somebody told."""
    if line.closed_at is None:
        return ""
    time = wording.clock_time(wall_time(line.closed_at, zone))
    if not line.closed_by:
        return time
    return _("{time}, {who}").format(time=time, who=wording.short_name(line.closed_by))


def question(channel: Channel | None) -> tuple[str, str, str]:
    """What is asked after the message was opened, and the two answers: it worked, it did not."""
    match channel:
        case Channel.PHONE_CALL:
            return _("Did you speak to the client?"), _("Yes, reminded"), _("No answer")
        case Channel.BY_HAND:
            return _("The message is copied. Sent?"), _("Yes, sent"), _("It did not work")
        case _:
            return _("Sent?"), _("Yes, sent"), _("It did not work")


def spoken(line: ReminderLine, now: datetime, state: str) -> str:
    """The whole row as a screen reader says it, with what the row says of its ``state``."""
    when = _("invitation") if line.is_invitation else f"{visit_day(line, now)} {clock(line)}"
    return ", ".join(filter(None, (when, line.client_name, line.services, line.masters, state)))
