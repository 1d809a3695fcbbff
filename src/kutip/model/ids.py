"""Ids that derive from content: the same in every process, on every machine, in every run.

Parts are length-prefixed before hashing, so that ("ab", "c") and ("a", "bc") differ, and the id
carries a version letter, so that a later scheme can live beside this one.
"""

import hashlib


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of ``data`` in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def content_id(kind: str, *parts: str) -> str:
    """An id such as ``a1f3c9…``: the first letter of ``kind``, scheme version 1, 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in (kind, *parts):
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return f"{kind[0]}1{digest.hexdigest()[:16]}"
