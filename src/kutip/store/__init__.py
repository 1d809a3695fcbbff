"""The record: SQLite."""

from kutip.store.contract import (
    Counts,
    Hit,
    KeptArticle,
    KeptAttribution,
    Problem,
    Run,
    Said,
    SaidQuery,
    Stats,
    Store,
    Tally,
    View,
    Writer,
)
from kutip.store.errors import (
    DamagedRecord,
    LockedRecord,
    NeedsExtra,
    NewerRecord,
    NoRecord,
    NotARecord,
    NotFound,
    RecordError,
)
from kutip.store.record import Record
from kutip.store.rows import keep
from kutip.store.verify import verify

__all__ = [
    "Counts",
    "DamagedRecord",
    "Hit",
    "KeptArticle",
    "KeptAttribution",
    "LockedRecord",
    "NeedsExtra",
    "NewerRecord",
    "NoRecord",
    "NotARecord",
    "NotFound",
    "Problem",
    "Record",
    "RecordError",
    "Run",
    "Said",
    "SaidQuery",
    "Stats",
    "Store",
    "Tally",
    "View",
    "Writer",
    "keep",
    "verify",
]
