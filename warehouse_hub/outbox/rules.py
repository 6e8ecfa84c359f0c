"""When a message that could not be delivered is tried again, and when it is given up."""

from __future__ import annotations

from datetime import timedelta

MOST_ATTEMPTS = 10
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=12)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed attempts: four times as long each time, from a minute up to half a day;
    None to give up.

    Ten attempts reach over two days, so that a mail server that is away for a weekend loses nothing.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * float(4 ** (attempts - 1)))
