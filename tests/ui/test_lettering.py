"""Words that fit their place."""

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import Qt

from app.ui import lettering
from app.ui.theme import FontRole

ROLES = st.sampled_from([FontRole.STRONG, FontRole.BODY, FontRole.SECONDARY, FontRole.SMALL])
NAMES = st.text(
    st.characters(whitelist_categories=["L", "N", "Zs", "P", "S", "M"], max_codepoint=0x1F9FF), max_size=40
) | st.text("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя -—0123456789₽", max_size=40)


@given(NAMES, ROLES, st.integers(20, 300))
def test_what_is_shown_has_room_and_is_cut_only_where_it_has_none(name: str, role: FontRole, room: int) -> None:
    shown, wide = lettering.fitted(role, name, room)
    measured = lettering.metrics(role)
    assert measured.horizontalAdvance(shown) <= max(room, measured.horizontalAdvance("…"))
    assert wide <= room or not shown
    if shown == name:
        assert abs(wide - measured.horizontalAdvance(name)) <= lettering._DOUBT
    else:
        assert shown.endswith("…")
        # As Qt would cut it, give or take the letters of which a few pixels decide.
        whole = measured.elidedText(name, Qt.TextElideMode.ElideRight, room)
        assert abs(len(shown) - len(whole)) <= 3


@pytest.mark.parametrize("name", ["Анна Щёлкина", "Мария-Антуанетта Ким", "Jane Doe"])
def test_a_name_that_fits_to_the_pixel_is_whole(name: str) -> None:
    room = lettering.metrics(FontRole.STRONG).horizontalAdvance(name) + 1
    assert lettering.fitted(FontRole.STRONG, name, room)[0] == name
    assert lettering.fitted(FontRole.STRONG, name, room - 8)[0] != name
