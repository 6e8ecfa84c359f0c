"""Where the folders that ship beside the code lie: inside the package in a wheel, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(folder: str, *names: str) -> Path:
    """The path of `templates`, `static` or `migrations`, or of something in it.

    In a wheel the three are mapped into the package; in a checkout they stand beside it.
    Raises FileNotFoundError when the folder is in neither place.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / folder).is_dir():
            return (parent / folder).joinpath(*names)
    raise FileNotFoundError(folder)
