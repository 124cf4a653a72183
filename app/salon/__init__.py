"""What the salon knows and does, without a window."""
