"""What can be done for somebody who waits: book, hold, call, write, take off the list. One act each, told in words."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from app import wording
from app.channels import chat_links
from app.errors import BadPhone, SalonError
from app.explain import sentence
from app.language import _
from app.salon.catalogue import staff
from app.salon.scheduling import holds, waiting_words, waitlist
from app.salon.scheduling.said_back import said_back
from app.salon.scheduling.wait_matches import Match
from app.salon.scheduling.waitlist import Waiting
from app.ui import sight, without_form
from app.ui.desk import Desk
from app.ui.unwanted import with_reason
from app.vocabulary import Channel


class WaitingActs:
    """Carries the wishes of the list and of the card to the salon."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def book(self, match: Match) -> int | None:
        """Book the place of a match, and tell the sentence to say back; the visit's id, or None where it was refused.

        A place that is held for the client goes over in the same act.
        """
        perform, entry_id = self._desk.perform, match.waiting.entry_id
        done = without_form.book(
            self._desk, match.request(), lambda request: perform.attempt(waitlist.book, entry_id, request)
        )
        return None if done is None else self._told_booked(done.value)

    def book_held(self, hold_id: int) -> int | None:
        """Book the place that is held for somebody, wherever it was held."""
        salon = self._desk.salon
        try:
            request = holds.request_of(salon.database, hold_id, salon.profile.zone)
        except SalonError as error:
            self._desk.perform.refused.emit(sentence(error))
            return None
        perform = self._desk.perform
        done = without_form.book(self._desk, request, lambda asked: perform.attempt(holds.book, hold_id, asked))
        return None if done is None else self._told_booked(done.value)

    def hold(self, match: Match) -> int | None:
        """Keep the place of a match for the salon's minutes; the id of the hold, or None where it was refused."""
        request, perform = match.request(), self._desk.perform
        done = with_reason(
            self._desk,
            lambda why: perform.attempt(holds.hold, replace(request, unwanted_reason=why), match.waiting.entry_id),
        )
        if done is None:
            return None
        minutes = self._desk.salon.profile.hold_minutes
        self._desk.perform.tell(
            _("The place is held for {client} for {minutes}").format(
                client=match.waiting.client_name, minutes=wording.minutes(minutes)
            )
        )
        return done.value

    def release(self, hold_id: int) -> bool:
        """Give a held place back."""
        if self._desk.perform(holds.release, hold_id) is None:
            return False
        self._desk.perform.tell(_("The place is free again"))
        return True

    def withdraw(self, waiting: Waiting) -> bool:
        """Take somebody off the list."""
        if self._desk.perform(waitlist.withdraw, waiting.entry_id) is None:
            return False
        self._desk.perform.tell(_("{client} is off the waiting list").format(client=waiting.client_name))
        return True

    def call(self, waiting: Waiting) -> None:
        """Call somebody; where no program makes calls, say the number."""
        self._open(Channel.PHONE_CALL, waiting, "")

    def write(self, match: Match) -> None:
        """Open the chat with the proposal ready; whether it was sent, only a person can tell."""
        self._open(Channel.WHATSAPP, match.waiting, self.message(match))

    def write_of_held(self, hold_id: int) -> None:
        """Open the chat with the proposal of the place that is held for somebody."""
        salon = self._desk.salon
        try:
            match = holds.match_of(salon.database, hold_id, salon.profile.zone)
        except SalonError as error:
            self._desk.perform.refused.emit(sentence(error))
            return
        self.write(match)

    def message(self, match: Match) -> str:
        """The words of the proposal."""
        return waiting_words.message(match, self.names(), self._desk.salon.profile.name)

    def names(self) -> dict[int, str]:
        """The masters by id."""
        return {one.staff_id: one.name for one in staff.here(self._desk.salon.database)}

    def _told_booked(self, visit_id: int) -> int:
        salon = self._desk.salon
        self._desk.perform.tell(said_back(salon.database, visit_id, salon.today()))
        return visit_id

    def _open(self, channel: Channel, waiting: Waiting, text: str) -> None:
        perform = self._desk.perform
        if not waiting.phone:
            perform.tell(_("{client} has no phone on the card.").format(client=waiting.client_name), undoable=False)
            return
        try:
            link = chat_links.link(channel, waiting.phone, text)
        except BadPhone as error:
            perform.tell(sentence(error), undoable=False)
            return
        if not sight.use_number(self._desk, waiting.client_id, waiting.phone):
            return
        if self._desk.open_link(link):
            return
        if channel is Channel.PHONE_CALL:
            number = wording.phone(waiting.phone, in_full=True)
            said = _("No program makes calls here. Call {phone} yourself.").format(phone=number)
        else:
            QGuiApplication.clipboard().setText(text)
            said = _("No program opened the link. The message is copied: send it yourself.")
        perform.tell(said, undoable=False)
