"""The owner's figures: one definition each.

``figures.compute`` is the one entry for the screen and the command line, ``results.as_json`` what a program reads,
``behind.clients_behind`` who stands behind a number, ``periods`` the periods to choose from.
"""
