"""Benchmarks: what the program costs beside the bare work. Run by hand, never by pytest (see its ``__main__``)."""
