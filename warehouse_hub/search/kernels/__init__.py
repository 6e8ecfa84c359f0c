"""The compiled loops that every search spends its time in."""
