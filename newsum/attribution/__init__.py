"""Finds the sentences that a line rests on, and who is credited."""
