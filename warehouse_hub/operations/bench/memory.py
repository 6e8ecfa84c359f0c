"""Memory of processes, as the kernel counts it. Everything is 0 where there is no /proc."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PRIVATE = ("Private_Clean:", "Private_Dirty:", "Private_Hugetlb:")
_SHARED = ("Shared_Clean:", "Shared_Dirty:", "Shared_Hugetlb:")


@dataclass(frozen=True)
class Memory:
    """Megabytes that a process alone holds, and that other processes hold too at that moment."""

    private_mb: float
    shared_mb: float

    @property
    def all_mb(self) -> float:
        return round(self.private_mb + self.shared_mb, 1)

    def since(self, earlier: Memory) -> Memory:
        """What has come on top; what others began to share meanwhile has moved from one to the other."""
        return Memory(
            round(self.private_mb - earlier.private_mb, 1), round(self.shared_mb - earlier.shared_mb, 1)
        )


def memory_of(process: int | str = "self") -> Memory:
    """What a process holds now."""
    rollup = Path(f"/proc/{process}/smaps_rollup")
    return Memory(
        *(round(sum(_megabytes(rollup, name) for name in names), 1) for names in (_PRIVATE, _SHARED))
    )


def resident_mb(process: int | str = "self") -> float:
    """Megabytes of RAM that a process holds, what it shares included."""
    return round(_megabytes(Path(f"/proc/{process}/status"), "VmRSS"), 1)


def proportional_mb(process: int) -> float:
    """The same with every shared page divided among those that share it, so that processes can be added up."""
    return round(_megabytes(Path(f"/proc/{process}/smaps_rollup"), "Pss:"), 1)


def _megabytes(file: Path, name: str) -> float:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0) / 1024
