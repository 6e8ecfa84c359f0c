"""Memory that one search frees is there for the next."""

from __future__ import annotations

import platform
import subprocess
import sys

FAULTS = """
import resource, sys
import numpy as np
from warehouse_hub.search.kernels.memory import keep_freed_memory
if sys.argv[1] == "kept" and not keep_freed_memory(64 * 2**20):
    print("unknown")
    sys.exit()
def search():
    arrays = [np.empty(2**19, np.float64) for _ in range(6)]
    for array in arrays:
        array[::512] = 1.0
search()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    search()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(mode):
    """How many pages the system had to provide for twenty searches."""
    done = subprocess.run(
        [sys.executable, "-c", FAULTS, mode], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_pages_of_the_search_before_are_used_again():
    kept = faults("kept")
    if platform.libc_ver()[0] != "glibc":
        assert kept == "unknown"
        return
    assert int(kept) < 100
    assert int(faults("freed")) > 10 * int(kept)
