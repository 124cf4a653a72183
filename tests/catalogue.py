"""The Russian catalogue as it stands in the repository, compiled in memory: no test depends on a stale file."""

import io
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.language import Catalogue
from app.paths import resources


@cache
def russian_catalogue() -> Catalog:
    """The entries of ``resources/locale/ru``."""
    path = resources() / "locale" / "ru" / "LC_MESSAGES" / "vizit.po"
    with path.open("rb") as file:
        return read_po(file, locale="ru")


@cache
def russian_translations() -> Catalogue:
    """The same, as the program looks them up."""
    compiled = io.BytesIO()
    write_mo(compiled, russian_catalogue())
    return Catalogue(compiled.getvalue())
