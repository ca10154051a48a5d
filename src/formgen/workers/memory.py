"""How much memory a process may have: what this one is allowed, and what a worker is left."""

from __future__ import annotations

import contextlib
import math

MEMORY_BYTES = 1_500_000_000
# With less, workers die as they start, one after another (measured: 150 MB do not do, 300 MB do).
LEAST_BYTES = 300_000_000


def memory_allowed() -> float:
    """Return how many bytes of memory a process may have, as far as that is limited at all."""
    try:
        import resource
    except ImportError:  # Windows has none
        return math.inf
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return math.inf if allowed == resource.RLIM_INFINITY else allowed


def limit_memory(most_bytes: int) -> None:
    """Keep this process from taking more memory, where the platform can."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    # What a process writes to; its address space would count what is only mapped.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
