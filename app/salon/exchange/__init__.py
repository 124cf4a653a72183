"""Data that comes in and goes out: import profiles, readers, the sample salon."""
