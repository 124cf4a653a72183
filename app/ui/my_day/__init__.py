"""A master's own day: who is next, what was agreed, and the steps to tick."""
