"""Looking for a free place."""
