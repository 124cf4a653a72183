"""The people who come: phones, cards, search."""
