"""The Russian catalogue says everything that the code says, and nothing is said past it."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tests.catalogue import russian_catalogue

APP = Path(__file__).resolve().parent.parent / "app"
MESSAGES_IN = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
"""How many of the arguments are looked up."""

SHOWN = {
    # Qt's own
    "setText": (0,),
    "setToolTip": (0,),
    "setPlaceholderText": (0,),
    "setWindowTitle": (0,),
    "setTitle": (0,),
    "setSuffix": (0,),
    "setPrefix": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "addAction": (0, 1),
    "addMenu": (0,),
    "addItem": (0,),
    "addTab": (1,),
    "QLabel": (0,),
    "QPushButton": (0,),
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QAction": (0, 1),
    # ours
    "Label": (0,),
    "ElidedLabel": (0,),
    "Button": (0,),
    "PrimaryButton": (0,),
    "QuietButton": (0,),
    "DangerButton": (0,),
    "IconButton": (1,),
    "Pill": (0,),
    "Card": (0,),
    "Banner": (0,),
    "Menu": (0,),
    "FieldLine": (0,),
    "SearchField": (0,),
    "HeadedList": (0,),
    "EmptyState": (1, 2),
    "ScreenHeader": (0, 1),
    "RailEntry": (2,),
    "Column": (0,),
    "Question": (0, 1, 2),
    "set_title": (0,),
    "set_detail": (0,),
    "set_heading": (0,),
    "set_error": (0,),
    "set_hint": (0,),
    "set_tip": (0,),
    "tell": (0,),
}
"""Calls that put words on the screen, and which of their arguments are those words."""
SHOWN_BY_NAME = {"action", "hint", "tip", "unit", "heading", "sentence", "yes", "no", "label", "title"}
"""Keyword arguments of these calls that are words too."""
LOOKED_AT = {*MESSAGES_IN, *SHOWN}


def said_by_the_code() -> set[tuple[str | None, str]]:
    """What gettext is asked for by ``app``: context and message."""
    found: set[tuple[str | None, str]] = set()
    for path in source_files():
        for name, call in calls(path):
            match name, call.args:
                case "pgettext" | "npgettext", [ast.Constant(value=str(context)), ast.Constant(value=str(message)), *_]:
                    found.add((context, message))
                case "_" | "N_" | "ngettext", [ast.Constant(value=str(message)), *_]:
                    found.add((None, message))
    return found - {(None, "")}


def messages(catalogue: Catalog) -> list[Message]:
    """All entries but the header."""
    return [message for message in catalogue if message.id]


def key(message: Message) -> tuple[str | None, str]:
    """What gettext looks an entry up by."""
    first = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context, first)


def forms(message: Message) -> tuple[str, ...]:
    """The Russian text or texts."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def source_files() -> list[Path]:
    """All modules of the program."""
    return sorted(APP.rglob("*.py"))


@pytest.fixture(autouse=True, scope="module")
def nothing_kept() -> Iterator[None]:
    """The syntax of the whole program is much to keep for tests that do not ask for it."""
    yield
    calls.cache_clear()


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a file that looks words up or shows them, by the last part of its name.

    A file is read only when such a name stands in its text: understanding all of them takes seconds.
    """
    text = path.read_text(encoding="utf-8")
    if not re.search(rf"\b(?:{'|'.join(LOOKED_AT)})\s*\(", text):
        return []
    found: list[tuple[str, ast.Call]] = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)) if name in LOOKED_AT:
                found.append((name, node))
    return found


def literal_words(node: ast.expr) -> str:
    """The letters that this expression itself writes; nothing when it only passes on what others say."""
    match node:
        case ast.Constant(value=str(text)):
            return "".join(re.findall(r"[^\W\d_]+", text))
        case ast.JoinedStr(values=parts):
            return "".join(literal_words(part) for part in parts if isinstance(part, ast.Constant))
        case ast.BinOp(left=left, right=right):
            return literal_words(left) + literal_words(right)
        case ast.IfExp(body=body, orelse=orelse):
            return literal_words(body) + literal_words(orelse)
        case _:
            return ""


def test_the_catalogue_is_up_to_date_with_the_code() -> None:
    code, catalogue = said_by_the_code(), {key(message) for message in messages(russian_catalogue())}
    assert (sorted(map(str, code - catalogue)), sorted(map(str, catalogue - code))) == ([], [])


def test_every_message_has_its_russian_words() -> None:
    silent = [message.id for message in messages(russian_catalogue()) if not all(forms(message))]
    fuzzy = [message.id for message in messages(russian_catalogue()) if message.fuzzy]
    assert (silent, fuzzy) == ([], [])


def test_counted_things_have_three_forms_and_each_carries_the_number() -> None:
    """In Russian the first form also serves 21 and 101, so "one file" would be wrong."""
    for message in messages(russian_catalogue()):
        if isinstance(message.id, str):
            continue
        singular, plural = message.id
        carried = placeholders(singular) & placeholders(plural)
        assert carried, message.id
        assert len(forms(message)) == 3, message.id
        for form in forms(message):
            assert carried <= placeholders(form), form


def test_a_translation_fills_in_nothing_that_the_code_does_not_give() -> None:
    for message in messages(russian_catalogue()):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        given = set().union(*(placeholders(text) for text in ids))
        for form in forms(message):
            assert placeholders(form) <= given, form


def test_russian_is_set_with_care() -> None:
    for message in messages(russian_catalogue()):
        first = message.id if isinstance(message.id, str) else message.id[0]
        for form in forms(message):
            assert '"' not in form, f"use «ёлочки»: {form}"
            assert "  " not in form, form
            assert form == form.strip(), form
            assert (first[-1:] in ".?!:…") == (form[-1:] in ".?!:…"), f"ends otherwise than its message: {form}"


def test_messages_are_whole_and_written_out() -> None:
    """What is put together before it is looked up is never in the catalogue.

    A plain name is taken to be a message that ``N_`` marked elsewhere.
    """
    wrong = [
        f"{path.relative_to(APP)}:{call.lineno}: {ast.unparse(call)[:80]}"
        for path in source_files()
        for name, call in calls(path)
        for argument in call.args[: MESSAGES_IN.get(name, 0)]
        if not isinstance(argument, ast.Constant | ast.Name | ast.Attribute)
    ]
    assert wrong == []


def test_no_words_are_shown_past_the_catalogue() -> None:
    wrong = []
    for path in sorted((APP / "ui").rglob("*.py")):
        for name, call in calls(path):
            if name not in SHOWN:
                continue
            shown = [call.args[place] for place in SHOWN[name] if place < len(call.args)]
            shown += [word.value for word in call.keywords if word.arg in SHOWN_BY_NAME]
            wrong += [
                f"{path.relative_to(APP)}:{each.lineno}: {ast.unparse(each)}" for each in shown if literal_words(each)
            ]
    assert wrong == []


def test_the_guard_sees_a_bare_word(tmp_path: Path) -> None:
    """The rule above is worth nothing if it does not see what it forbids."""
    bare = tmp_path / "bare.py"
    bare.write_text('a.setText("Save")\nb.setText(_("Save"))\nc.setText(f"Day {n}")\nd.setText("—")\n')
    found = [literal_words(call.args[0]) for name, call in calls(bare) if name == "setText"]
    assert sorted(found) == ["", "", "Day", "Save"]
