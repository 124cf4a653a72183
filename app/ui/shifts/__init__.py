"""Who works when: the month, single days, rosters, absences, holidays."""
