"""The steps of a service, from the rules explained to the result accepted."""
