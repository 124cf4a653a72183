"""The salon's own catalogue: what it offers, who works here, and when."""
