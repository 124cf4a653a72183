"""The list of calls of somebody's absence."""
