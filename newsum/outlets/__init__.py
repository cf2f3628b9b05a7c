"""Knows who is who: outlets' names, hosts and owners, and whom a text cites."""
