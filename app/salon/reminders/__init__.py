"""What is due to whom, and what became of it."""
