"""The day and a master's week as a printed list, in the house's type, always light.

A sheet lies about where clients see it: of a phone only the last four digits are printed.
"""

from collections.abc import Callable
from datetime import date, datetime
from html import escape

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from app import wording
from app.language import _
from app.salon.clients.card import CardAlert
from app.salon.scheduling.day_list import DayList
from app.salon.scheduling.my_day import MyDay, MyVisit, Pause
from app.ui import theme
from app.ui.paper import pages
from app.vocabulary import AWAITED_STATUSES, AlertKind

_POINTS = 9
_SHOWN_DIGITS = 4
_LRM = "\u200e"
"""Unseen; what stands beside it goes from left to right."""


def of_day(listed: DayList, day: date, salon_name: str) -> QTextDocument:
    """The salon's day, a table for each master who works."""
    count = wording.visits(listed.visits) if listed.visits else _("No visits")
    head = _head(_full_date(day), f"{salon_name} · {count}")
    return _document(head, listed, lambda one: one.name)


def of_week(listed: DayList, name: str, first: date, last: date, salon_name: str) -> QTextDocument:
    """A master's week, a table for each day on which they work."""
    count = wording.visits(listed.visits) if listed.visits else _("No visits")
    head = _head(name, f"{wording.days_between(first, last)} · {salon_name} · {count}")
    return _document(head, listed, lambda one: _full_date(one.day))


def as_pdf(document: QTextDocument) -> bytes:
    """The document on pages of A4."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = paper(buffer)
    writer.setTitle(document.metaInformation(QTextDocument.MetaInformation.DocumentTitle))
    pages.keep_rows_whole(document, writer)
    document.print_(writer)
    del writer  # its end writes the end of the file
    return bytes(buffer.data().data())


def paper(written: QBuffer) -> QPdfWriter:
    """Pages of A4 that are written into a buffer."""
    writer = QPdfWriter(written)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    # Qt itself leaves two centimetres around a printed document, and these beside them.
    writer.setPageMargins(QMarginsF(2, 2, 2, 2), QPageLayout.Unit.Millimeter)
    return writer


def hidden_phone(e164: str) -> str:
    """What a sheet shows of a phone: ``••• 45-67``."""
    last = e164[-_SHOWN_DIGITS:]
    return f"•••{wording.NBSP}{last[:2]}-{last[2:]}" if len(last) == _SHOWN_DIGITS else ""


def _document(head: str, listed: DayList, title: Callable[[MyDay], str]) -> QTextDocument:
    theme.load_fonts()
    font = QFont(theme.FONT_FAMILY)
    font.setPointSize(_POINTS)
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_styles())
    tables = "".join(_master(one, title(one), listed) for one in listed.days)
    document.setHtml(head + (tables or _paragraph(_("Nobody works then."), "quiet")))
    return document


def _styles() -> str:
    light = theme.theme_named("light")
    text, muted, danger, line = (c.name() for c in (light.text, light.muted, light.danger, light.control_line))
    return (
        f"body, td, th {{ color: {text}; }}"
        f"td, th {{ border-bottom: 1px solid {line}; }}"
        "table { border-collapse: collapse; margin-bottom: 12px; }"
        "h1 { font-size: 16pt; font-weight: 600; margin-bottom: 2px; }"
        "h2 { font-size: 11pt; font-weight: 600; margin-top: 16px; margin-bottom: 4px; }"
        f".quiet {{ color: {muted}; }}"
        f".alert {{ color: {danger}; font-weight: 600; }}"
        ".strong { font-weight: 600; }"
    )


def _head(title: str, detail: str) -> str:
    return f"<head><title>{escape(title)}</title></head><h1>{escape(title)}</h1>" + _paragraph(detail, "quiet")


def _paragraph(said: str, kind: str) -> str:
    return f'<p class="{kind}">{escape(said)}</p>'


def _master(one: MyDay, title: str, listed: DayList) -> str:
    hours = ", ".join(wording.interval(shift.starts_at, shift.ends_at) for shift in one.shifts)
    heading = f'<h2>{escape(title)} <span class="quiet" style="font-weight: 400">{escape(hours)}</span></h2>'
    rows = [(visit.starts_at, _visit_row(visit, listed)) for visit in one.visits]
    rows += [(pause.starts_at, _pause_row(pause)) for pause in one.pauses]
    if not rows:
        return heading + _paragraph(_("No visits"), "quiet")
    heads = zip((_("Time"), _("Client"), _("Service"), _("To remember")), (16, 24, 26, 34), strict=True)
    cells = "".join(f'<th align="left" width="{share}%" class="quiet">{escape(said)}</th>' for said, share in heads)
    return (
        f'{heading}<table width="100%" cellspacing="0" cellpadding="4" border="0"><thead><tr>{cells}</tr></thead>'
        f"{''.join(row for _moment, row in sorted(rows, key=_moment_of))}</table>"
    )


def _moment_of(row: tuple[datetime, str]) -> datetime:
    return row[0]


def _visit_row(visit: MyVisit, listed: DayList) -> str:
    cells = (
        [_strong(wording.interval(visit.starts_at, visit.ends_at)), *_status(visit)],
        _client(visit, listed),
        _services(visit),
        _to_remember(visit),
    )
    joined = ["<br>".join(lines) for lines in cells]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in joined) + "</tr>"


def _status(visit: MyVisit) -> list[str]:
    return [] if visit.status in AWAITED_STATUSES else [_quiet(wording.visit_status(visit.status))]


def _client(visit: MyVisit, listed: DayList) -> list[str]:
    phone = hidden_phone(listed.phones.get(visit.client_id, "")) if visit.client_id is not None else ""
    # Between the marks Arabic letters turn themselves round, and not the digits of the phone below them.
    lines = [f"{_LRM}{_strong(wording.client_name(visit.client_name, visit.client_id))}{_LRM}"]
    if phone:
        lines.append(escape(phone))
    if visit.is_first:
        lines.append(escape(_("first visit")))
    return lines


def _services(visit: MyVisit) -> list[str]:
    single = len(visit.services) == 1
    lines = [
        escape(one.name if single else f"{wording.clock_time(one.starts_at)} {one.name}") for one in visit.services
    ]
    if visit.with_masters:
        names = wording.listed([wording.short_name(name) for name in visit.with_masters])
        lines.append(_quiet(_("also with {names}").format(names=names)))
    return lines


def _to_remember(visit: MyVisit) -> list[str]:
    alerts = [f'<span class="alert">{escape(_alert(alert))}</span>' for alert in visit.alerts]
    return [*alerts, *(_lines(text) for text in (visit.wishes, visit.comment) if text.strip())]


def _alert(alert: CardAlert) -> str:
    """The kind in capitals, for a printer without colours; a kind that the text says itself is not said twice."""
    if alert.kind is not AlertKind.OTHER and wording.alert(alert.kind, alert.text) == alert.text:
        return wording.at_the_beginning(alert.text)
    return f"{wording.alert_kind(alert.kind).upper()}: {alert.text}"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.strip().splitlines())


def _pause_row(pause: Pause) -> str:
    said = wording.block_kind(pause.kind) + (f": {pause.reason}" if pause.reason else "")
    hours = wording.interval(pause.starts_at, pause.ends_at)
    return f'<tr><td class="quiet">{escape(hours)}</td><td colspan="3" class="quiet">{escape(said)}</td></tr>'


def _strong(said: str) -> str:
    return f'<span class="strong">{escape(said)}</span>'


def _quiet(said: str) -> str:
    return f'<span class="quiet">{escape(said)}</span>'


def _full_date(day: date) -> str:
    weekday = wording.weekday_name(day)
    return f"{weekday[:1].upper()}{weekday[1:]}, {wording.short_date(day)}"
