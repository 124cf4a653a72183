"""The owner's figures on the screen."""
