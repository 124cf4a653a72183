"""The first start: from an empty file to the first booking in a minute."""
