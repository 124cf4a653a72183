"""Who is where and when: intervals, free places, booking, the agenda."""
