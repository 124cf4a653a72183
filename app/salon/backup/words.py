"""What is said after a backup was brought back."""

from app import wording
from app.language import _, ngettext
from app.salon.backup.forgetting_again import Again


def forgotten_again(again: Again) -> list[str]:
    """Whole sentences on what became of those who asked to be forgotten; none when nobody did."""
    said: list[str] = []
    if again.forgotten:
        text = ngettext(
            "{n} client who asked to be forgotten was forgotten again.",
            "{n} clients who asked to be forgotten were forgotten again.",
            again.forgotten,
        )
        said.append(text.format(n=wording.number(again.forgotten)))
    if again.asked:
        text = ngettext(
            "{n} client asked to be forgotten since then, which can be taken back within thirty days of asking.",
            "{n} clients asked to be forgotten since then, which can be taken back within thirty days of asking.",
            again.asked,
        )
        said.append(text.format(n=wording.number(again.asked)))
    said += [
        _("Look at the card “{name}”: in this copy it also holds what belongs to somebody who was forgotten.").format(
            name=name
        )
        for name in again.together
    ]
    if again.is_predecessor_unread:
        said.append(
            _(
                "The salon that stood there could not be read: whoever was forgotten there after this backup was made "
                "is back. Forget them once more."
            )
        )
    return said
