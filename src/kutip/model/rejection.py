"""Rejection: what was not used, and why. A row, never a log line."""

import msgspec


class Rejection(msgspec.Struct, frozen=True):
    """``where``: file, row or record. ``reason``: a short fixed code ("empty", "too-large", "no-language-pack", …).

    ``detail``: a sentence for people that says what was wrong and what to do.
    """

    where: str
    reason: str
    detail: str
