"""Measures who judges a line best: false lines passed and true lines refused, by kind, in one table."""
