"""The libraries' threads are given back as they were found."""

import subprocess
import sys

from extras import need
from threadpoolctl import threadpool_info

from newsum.system.threads import one_thread, others_kept


def counts(api):
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == api]


def test_numpy_has_one_thread_inside_and_its_own_after():
    before = counts("blas")
    with one_thread():
        assert set(counts("blas")) == {1}
    assert counts("blas") == before


def test_a_library_that_is_loaded_later_is_kept_in_hand_too():
    need("train")
    code = (
        "import numpy\n"
        "from threadpoolctl import threadpool_info\n"
        "from newsum.system.threads import one_thread\n"
        "with one_thread():\n"
        "    pass\n"
        "import scipy.linalg\n"
        "with one_thread():\n"
        "    pools = [pool for pool in threadpool_info() if pool['user_api'] == 'blas']\n"
        "print({pool['num_threads'] for pool in pools})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout == "{1}\n"


def test_what_a_library_sets_for_all_is_given_back():
    need("torch")
    import torch

    before = torch.get_num_threads()
    try:
        with others_kept():
            torch.set_num_threads(before + 1)
        assert torch.get_num_threads() == before
    finally:
        torch.set_num_threads(before)
