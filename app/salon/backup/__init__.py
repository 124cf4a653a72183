"""Copies of the whole salon, and bringing one back."""
