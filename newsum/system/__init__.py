"""Holds what touches the machine: threads, atomic files, the cache."""
