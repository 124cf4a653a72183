"""The ways a message leaves; none knows the screens."""
