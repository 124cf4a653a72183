"""The calendar: the product's face."""
