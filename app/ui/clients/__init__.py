"""The people who come: their list, their cards, and opening a new one."""
