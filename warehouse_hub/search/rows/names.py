"""The order of names: Chinese by pinyin, Latin by letters without case."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A text that sorts as the name does; the name itself decides between homophones."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 (it loads its dictionaries, which most processes never need)

    syllables: list[str] = lazy_pinyin(name)
    return " ".join(syllables).casefold() + "\0" + name
