"""Booking a visit from the keyboard."""
