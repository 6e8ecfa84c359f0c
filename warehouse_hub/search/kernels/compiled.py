"""How the loops of this package become machine code: on their first call, once a machine, kept in a folder.

The one thing to get wrong: a kernel is compiled anew for every combination of argument types, which takes seconds, and
a read-only array is of another type than a writable one. So arrays reach kernels writable, those from a file as copies
on writing, though no kernel writes to what it is given; and plain numbers are converted by the functions that call
kernels.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator

P = ParamSpec("P")
R = TypeVar("R")

_LOG: Final = logging.getLogger(__name__)
_KERNELS: Final[dict[str, Any]] = {}
_kept_in = Path(__file__).parent / "__pycache__"


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop that Python calls: it runs without the interpreter's lock, and only reads what it is given."""
    compiled = numba.njit(nogil=True)(function)
    _KERNELS[f"{function.__module__}.{function.__qualname__}"] = compiled
    _keep(compiled)
    return cast("Callable[P, R]", compiled)


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a part of kernels, which nothing but kernels calls."""
    return cast(
        "Callable[P, R]", numba.njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    )


def borrowing(function: Callable[P, R]) -> Callable[P, R]:
    """Compile an inner part that makes no arrays and, to a kernel, returns none: it does not count references.

    Counting those of every array in a tuple, at every look at the tuple, would take longer than a block's work.
    """
    compiled = numba.njit(nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False)(function)
    return cast("Callable[P, R]", compiled)


def keep_kernels_in(folder: Path) -> None:
    """Load compiled kernels from a folder and store them there; without this they lie beside the source.

    To be called before the first kernel is. A folder that cannot be written costs some seconds at every start, and one
    with damaged files those seconds once. What lies there is run as it is: nobody else may write to it.
    """
    global _kept_in  # noqa: PLW0603 (one place for the whole process, as machine code is)
    _kept_in = folder
    for compiled in _KERNELS.values():
        _keep(compiled)


def compiled_forms() -> Mapping[str, int]:
    """For every kernel how many combinations of argument types it has been compiled for; more than one is a fault."""
    return {name: len(compiled.signatures) for name, compiled in _KERNELS.items()}


def _keep(compiled: Any) -> None:
    # Numba's own `cache=True` raises on import where neither the source nor a home folder can be written.
    compiled._cache = _ForgivingCache(compiled.py_func)  # noqa: SLF001


class _Place(_CacheLocator):  # type: ignore[misc]  # numba has no types here
    """One folder for every state of the source.

    Numba only looks at the file of a kernel, but a kernel is also made of what it calls and of the constants and tuples
    that it uses.
    """

    def __init__(self, function: FunctionType, file: str) -> None:
        self._line = function.__code__.co_firstlineno
        source = Path(file).parent
        self._stamp = _digest(source)
        self._name = f"compiled-{source.name}-"
        self._folder = _kept_in / f"{self._name}{self._stamp}"

    @classmethod
    def from_function(cls, py_func: FunctionType, py_file: str) -> _Place:
        return cls(py_func, py_file)

    def ensure_cache_path(self) -> None:
        if not self._folder.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for other in self._folder.parent.glob(f"{self._name}*"):
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_source_stamp(self) -> str:
        return self._stamp

    def get_disambiguator(self) -> str:
        return str(self._line)


@cache
def _digest(folder: Path) -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for file in sorted({*folder.glob("*.py"), *Path(__file__).parent.glob("*.py")}):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


class _Stored(CompileResultCacheImpl):  # type: ignore[misc]
    _locator_classes = (_Place,)


class _ForgivingCache(FunctionCache):  # type: ignore[misc]
    """A cache whose faults cost time and nothing else."""

    _impl_class = _Stored

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except OSError:
            return None
        except Exception as fault:  # noqa: BLE001 (what reading a damaged pickle raises is anything)
            _LOG.warning("compiled kernel unreadable, compiling it again: %s", fault)
            self._write(self.flush)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        self._write(lambda: super(_ForgivingCache, self).save_overload(sig, data))

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Exception as fault:  # noqa: BLE001 (a full disk, a read-only one, damaged files: search goes on)
            _LOG.info("compiled kernels are not kept: %s", fault)
