"""What was promised to clients and what they complained about, until it is done."""
