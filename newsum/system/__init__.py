"""Holds what every room may use: threads, atomic files, the cache, a progress bar, the values of settings."""
