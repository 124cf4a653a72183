"""The form that a client signs: the salon's text with the names filled in, as a page to be printed."""

import tomllib
from datetime import date
from html import escape

from app import language, paths, wording
from app.language import _
from app.models.connection import Database
from app.salon.clients import consents
from app.salon.profile import Profile
from app.vocabulary import ConsentKind, Language

CLIENT, SALON, DAY = "{client}", "{salon}", "{day}"
"""What stands in a text for the name of the client, of the salon, and for the date."""

_STYLE = """
body { font: 16px/1.6 "Noto Sans", "Segoe UI", Arial, sans-serif; }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
p { margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.quiet { color: #5b6270; font-size: .8rem; margin-top: 3rem; }
@page { margin: 20mm; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def draft(kind: ConsentKind, spoken: Language) -> str:
    """The ready-made text that a salon begins with, and checks with a lawyer."""
    text = (paths.resources() / "consents" / f"{spoken}.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)[kind]).strip()


def words(database: Database, kind: ConsentKind, spoken: Language) -> tuple[str, int | None]:
    """The salon's text with its version; the draft, without one, while the salon has written none."""
    current = consents.current_text(database, kind)
    return (draft(kind, spoken), None) if current is None else (current.text, current.version)


def filled(text: str, *, client: str, salon: str, day: date) -> str:
    """``text`` with what stands in it for names and the date. A name with such a mark in it stays a name."""
    values = {CLIENT: client, SALON: salon, DAY: wording.date_in_digits(day)}
    parts = [text]
    for mark, value in values.items():
        parts = [piece for part in parts for piece in _replaced(part, mark, value)]
    return "".join(parts)


class _Value(str):
    """Something that was filled in, and in which nothing is looked for any more."""

    __slots__ = ()


def _replaced(part: str, mark: str, value: str) -> list[str]:
    if isinstance(part, _Value):
        return [part]
    pieces: list[str] = []
    for piece in part.split(mark):
        pieces += [piece, _Value(value)]
    return pieces[:-1]


def page(database: Database, profile: Profile, client_id: int, kind: ConsentKind, day: date) -> str:
    """The form for this client, as HTML with every value escaped."""
    client = str(database.value("SELECT name FROM client WHERE id = ?", (client_id,)) or "")
    text, version = words(database, kind, language.current())
    said = filled(text, client=client, salon=profile.name, day=day)
    paragraphs = "\n".join(f'<p dir="auto">{escape(one)}</p>' for one in said.split("\n\n"))
    foot = "" if version is None else f'<p class="quiet">{escape(_foot(kind, version))}</p>'
    return (
        f'<!DOCTYPE html>\n<html lang="{language.current()}">\n<head><meta charset="utf-8">'
        f"<title>{escape(wording.consent_kind(kind))}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{paragraphs}\n{foot}\n</body>\n</html>\n"
    )


def _foot(kind: ConsentKind, version: int) -> str:
    """By what a signed paper is found to belong to a version of the text."""
    return _("{kind}, version {n} of the text").format(kind=wording.consent_kind(kind), n=version)
