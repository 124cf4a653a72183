"""The owner's figures: one definition each."""
