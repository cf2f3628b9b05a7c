"""Decides what to say and in which order: from a story to content units."""
