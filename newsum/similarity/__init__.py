"""Compares two texts: terms, word vectors, copies, origins and running counts."""
