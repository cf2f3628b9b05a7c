"""Measurements, each run as `python -m benchmarks.NAME`; the data is found by `benchmarks.data`."""
