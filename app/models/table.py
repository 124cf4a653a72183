"""What every table shares. Tables are bound to no database: each query names the one it runs on."""

from peewee import Model


class Table(Model):
    """A table of the salon: an integer key, an explicit name, no query of its own."""
