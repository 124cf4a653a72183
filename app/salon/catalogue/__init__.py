"""What is offered and by whom: services, staff, shifts."""
