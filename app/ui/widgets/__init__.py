"""The pieces that every screen shares."""
