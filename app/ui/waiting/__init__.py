"""The waiting list on the screen: who waits, who fits a place that became free, whom we turned away."""
