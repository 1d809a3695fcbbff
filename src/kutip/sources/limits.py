"""What sources share: how much is read at most, and how they say what they cannot read."""

from kutip.model import Rejection

MAX_BYTES = 16 * 2**20  # of one page or one row, after decompression


def too_large(where: str, what: str) -> Rejection:
    """``what`` at ``where`` holds more than a page can."""
    return Rejection(where, "too-large", f"the {what} is over {MAX_BYTES // 2**20} MiB; split it")


def needs(where: str, what: str, extra: str) -> Rejection:
    """``what`` is read by a library that is not installed."""
    return Rejection(where, "needs-extra", f"{what} are read with: pip install 'kutip[{extra}]'")
