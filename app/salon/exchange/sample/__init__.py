"""The sample salon: a believable nail and hair studio to try the program with, and for its pictures."""

from app.salon.exchange.sample.making import SampleReport, make

__all__ = ["SampleReport", "make"]
