"""Turns planned evidence into prose: options for each line, the guard, the choice."""
