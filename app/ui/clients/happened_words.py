"""A line of the timeline in words: what it is, the rest of it, and how it is marked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app import wording
from app.language import _
from app.salon.clients import answers
from app.salon.clients.timeline import Happened, HappenedKind
from app.vocabulary import (
    LIVE_STATUSES,
    Action,
    AnswerKind,
    Channel,
    ConsentKind,
    ConsentWay,
    FileKind,
    PhotoMoment,
    ReminderKind,
    ReminderStatus,
    VisitStatus,
)

ICONS = {
    HappenedKind.MESSAGE: "send",
    HappenedKind.CALL: "phone",
    HappenedKind.NOTE: "file-text",
    HappenedKind.PAYMENT: "wallet",
    HappenedKind.BONUS: "star",
    HappenedKind.ANSWER: "message-circle",
    HappenedKind.FILE: "image",
    HappenedKind.FORMULA: "clipboard-check",
    HappenedKind.CONSENT: "check-check",
    HappenedKind.PROMISE: "flag",
    HappenedKind.COMPLAINT: "circle-alert",
    HappenedKind.CHANGE: "history",
}


@dataclass(frozen=True, slots=True)
class Worded:
    """A line in words. ``third`` belongs to visits alone; ``right`` stands at the end of the first line."""

    happened: Happened
    title: str
    by: str
    right: str
    second: str
    third: str = ""
    when: str = ""

    @property
    def said(self) -> str:
        """The whole line for a screen reader."""
        kind = wording.visit_status(VisitStatus(self.happened.word)) if self.is_visit else ""
        parts = (self.title, self.when, self.second, self.third, kind, self.right if self.is_visit else "", self.by)
        return ", ".join(part for part in parts if part)

    @property
    def is_visit(self) -> bool:
        """Whether it tells of a visit."""
        return self.happened.kind is HappenedKind.VISIT

    @property
    def status(self) -> VisitStatus | None:
        """Where the visit stands."""
        return VisitStatus(self.happened.word) if self.is_visit else None


def worded(one: Happened, today: date, currency: str) -> Worded:
    """``one`` as the timeline says it."""
    day = wording.short_date(one.at.date(), today)
    when = f"{day}, {wording.clock_time(one.at)}" if one.hour_known else day
    if one.kind is HappenedKind.VISIT:
        return _visit(one, today, day, currency)
    title, second = _WORDS[one.kind](one, currency)
    right = wording.clock_time(one.at) if one.hour_known and one.at.date() == today else day
    return Worded(one, title, one.actor, right, second, when=when)


def _visit(one: Happened, today: date, day: str, currency: str) -> Worded:
    status = VisitStatus(one.word)
    ahead = one.hour_known and one.at.date() >= today and bool(one.text)
    title = f"{day}, {wording.clock_time(one.at)}" if ahead else day
    money = wording.money(one.amount, currency) if one.amount and status in LIVE_STATUSES else ""
    masters = wording.listed(one.more.split(", ")) if one.more else ""
    return Worded(one, title, "", money, one.text, masters)


def _message(one: Happened, _currency: str) -> tuple[str, str]:
    way = wording.channel(Channel(one.more)) if one.more else ""
    is_reminder = ReminderKind(one.text) is ReminderKind.UPCOMING_VISIT
    said = _("Reminder") if is_reminder else wording.reminder_kind(ReminderKind(one.text))
    return said, " · ".join(part for part in (wording.reminder_status(ReminderStatus(one.word)), way) if part)


def _bonus(one: Happened, currency: str) -> tuple[str, str]:
    amount = one.amount or 0
    money = wording.money(abs(amount), currency)
    title = _("Bonuses given: {money}") if amount > 0 else _("Bonuses spent: {money}")
    return title.format(money=money), one.text


def _payment(one: Happened, currency: str) -> tuple[str, str]:
    return wording.money(one.amount or 0, currency), one.text


def _answer(one: Happened, _currency: str) -> tuple[str, str]:
    kind = None if one.word == "declined" else AnswerKind(one.word)
    return one.more, answer(kind, one.text)


def answer(kind: AnswerKind | None, text: str) -> str:
    """An answer as it is read; no kind: the client did not want to say."""
    match kind:
        case None:
            return _("did not want to say")
        case AnswerKind.DATE:
            return wording.short_date(date.fromisoformat(text))
        case AnswerKind.YES_NO:
            return _("yes") if text == answers.YES else _("no")
        case _:
            return text


def _file(one: Happened, _currency: str) -> tuple[str, str]:
    photos = {PhotoMoment.BEFORE: _("Photo before the work"), PhotoMoment.AFTER: _("Photo after the work")}
    if one.word == FileKind.DOCUMENT:
        return _("File"), one.text
    return photos.get(PhotoMoment(one.word), _("Photo")) if one.word in list(PhotoMoment) else _("Photo"), one.text


def _formula(one: Happened, _currency: str) -> tuple[str, str]:
    return _("Formula: {title}").format(title=one.more) if one.more else _("Formula"), one.text


def _consent(one: Happened, _currency: str) -> tuple[str, str]:
    kind = wording.consent_kind(ConsentKind(one.word))
    state = _("given") if one.more == "given" else _("not given or withdrawn")
    title = _("Consent: {what}").format(what=kind[:1].lower() + kind[1:])
    return title, f"{state} · {wording.consent_way(ConsentWay(one.text))}"


def _promise(one: Happened, _currency: str) -> tuple[str, str]:
    title = _("Promise kept") if one.word == "done" else _("Promise")
    return title, " · ".join(part for part in (one.text, one.more) if part)


def _complaint(one: Happened, _currency: str) -> tuple[str, str]:
    if one.word == "answered":
        return _("Complaint, answered"), f"{one.text} → {one.more}"
    return _("Complaint"), one.text


def _change(one: Happened, _currency: str) -> tuple[str, str]:
    return wording.action(Action(one.word)), _("taken back") if one.more == "undone" else ""


_WORDS: dict[HappenedKind, Callable[[Happened, str], tuple[str, str]]] = {
    HappenedKind.MESSAGE: _message,
    HappenedKind.CALL: lambda one, _currency: (_("Call"), one.text),
    HappenedKind.NOTE: lambda one, _currency: (_("Note"), one.text),
    HappenedKind.PAYMENT: _payment,
    HappenedKind.BONUS: _bonus,
    HappenedKind.ANSWER: _answer,
    HappenedKind.FILE: _file,
    HappenedKind.FORMULA: _formula,
    HappenedKind.CONSENT: _consent,
    HappenedKind.PROMISE: _promise,
    HappenedKind.COMPLAINT: _complaint,
    HappenedKind.CHANGE: _change,
}
