"""The queue of reminders: who is to hear from us now, and what became of the others."""
