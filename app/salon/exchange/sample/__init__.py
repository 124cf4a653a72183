"""The sample salon: a believable nail and hair studio to try the program with, and for its pictures."""

from app.salon.exchange.sample.large import Scale, make_large
from app.salon.exchange.sample.making import SampleReport, make

__all__ = ["SampleReport", "Scale", "make", "make_large"]
