"""The screens speak the chosen language, and never fall silent."""

import gettext  # noqa: TID251 - the program's own reader must say what the standard library's says
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app import language
from app.language import N_, _, ngettext, npgettext, pgettext
from app.vocabulary import Language


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    before = language.current()
    yield
    language.use(before)


@pytest.fixture
def russian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shipped folder with a small Russian catalogue."""
    catalogue = Catalog(locale="ru")
    catalogue.add("Cancel", "Отмена")
    catalogue.add("Cancel", "Отменить визит", context="visit")
    catalogue.add(("{n} visit", "{n} visits"), ("{n} визит", "{n} визита", "{n} визитов"))
    catalogue.add(("{n} left", "{n} left "), ("{n} остался", "{n} осталось", "{n} осталось"), context="place")
    folder = tmp_path / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = io.BytesIO()
    write_mo(file, catalogue)
    (folder / "vizit.mo").write_bytes(file.getvalue())
    monkeypatch.setattr(language, "resources", lambda: tmp_path)
    return folder / "vizit.mo"


def test_english_is_spoken_without_a_catalogue() -> None:
    language.use(Language.ENGLISH)
    assert (_("Cancel"), language.current()) == ("Cancel", Language.ENGLISH)
    assert ngettext("{n} visit", "{n} visits", 2) == "{n} visits"


@pytest.mark.usefixtures("russian")
def test_russian_has_three_forms_and_contexts() -> None:
    language.use(Language.RUSSIAN)
    assert _("Cancel") == "Отмена"
    assert pgettext("visit", "Cancel") == "Отменить визит"
    said = [ngettext("{n} visit", "{n} visits", n).format(n=n) for n in (1, 3, 5, 11, 21)]
    assert said == ["1 визит", "3 визита", "5 визитов", "11 визитов", "21 визит"]
    assert npgettext("place", "{n} left", "{n} left ", 1).format(n=1) == "1 остался"


@pytest.mark.usefixtures("russian")
def test_an_empty_text_stays_empty() -> None:
    """gettext answers the empty message with the header of the catalogue."""
    language.use(Language.RUSSIAN)
    assert (_(""), pgettext("visit", "")) == ("", "")


@pytest.mark.usefixtures("russian")
def test_a_word_marked_early_is_translated_late() -> None:
    marked = N_("Cancel")
    language.use(Language.RUSSIAN)
    assert (marked, _(marked)) == ("Cancel", "Отмена")


@pytest.mark.usefixtures("russian")
def test_it_reads_a_catalogue_as_the_standard_library_does(russian: Path) -> None:
    language.use(Language.RUSSIAN)
    with russian.open("rb") as file:
        usual = gettext.GNUTranslations(file)
    for message in ("Cancel", "{n} visit", "{n} left", "unknown"):
        assert _(message) == usual.gettext(message)
        assert pgettext("visit", message) == usual.pgettext("visit", message)
        for number in range(250):
            assert ngettext(message, "many", number) == usual.ngettext(message, "many", number)
            assert npgettext("place", message, "many", number) == usual.npgettext("place", message, "many", number)


@pytest.mark.parametrize("damage", [None, b"", b"not a catalogue at all", b"\xde\x12\x04\x95", "half"])
def test_a_missing_or_broken_catalogue_is_told_and_survived(
    russian: Path, damage: bytes | str | None, caplog: pytest.LogCaptureFixture
) -> None:
    if damage is None:
        russian.unlink()
    else:
        whole = russian.read_bytes()
        russian.write_bytes(whole[: len(whole) // 2] if isinstance(damage, str) else damage)
    with caplog.at_level(logging.WARNING):
        language.use(Language.RUSSIAN)
    assert _("Cancel") == "Cancel"
    assert "vizit.mo" in caplog.text
    caplog.clear()
