"""The pieces that every screen shares.

What has parts of its own takes its parent and is made in its place, from the whole to its parts. Put together first and
moved into its place afterwards, all of it would be styled again: a form of two hundred pieces took twice as long. Its
``kind`` is given to it at once, for with its first part Qt asks how it looks; and its parts are made in the order in
which Tab goes through them.
"""
