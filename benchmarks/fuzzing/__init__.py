"""Feeds damaged inputs to every reader, to evaluate, model folders, verify and attribute, and counts the failures.

In: whole files and options, made here (documents.py), and mutators, each by its name (mutators.py); an input is told by
its target and seed (targets.py). Out: a row a target (running.py). A failure is anything but a result, a `NewsumError`
or a `Problem` of one row, more than 5 s of processor time, or 500 MB more memory than before.
"""
