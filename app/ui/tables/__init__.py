"""Tables over frozen values: columns, one model for all, one view."""
