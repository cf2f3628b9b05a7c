"""Runs checkpoints on PyTorch: loading, decoding, writing."""
