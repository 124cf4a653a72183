"""Visits that are repeated: the pattern, the table of its dates, and the series as it stands."""
