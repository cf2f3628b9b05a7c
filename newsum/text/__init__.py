"""Reads one English text: sentences, words, names, quantities, dates and cues, each with its offsets."""
