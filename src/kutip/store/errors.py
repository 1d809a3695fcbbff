"""What can be wrong with a record, each with a sentence that says what to do.

RecordError
├── NoRecord        there is no such file
├── NotARecord      the file is something else
├── NewerRecord     made by a later version of Kutip
├── LockedRecord    another program is writing, for longer than we wait
├── NeedsExtra      a package is not installed that the record is made with
├── DamagedRecord   SQLite cannot read what is in it
└── NotFound        nothing in the record has this id, or more than one thing has
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class RecordError(Exception):
    """Base of all errors of the store. The message is written for people."""


class NoRecord(RecordError):
    """There is no file at this path."""


class NotARecord(RecordError):
    """The file is not an SQLite database, or one that Kutip did not make."""


class NewerRecord(RecordError):
    """The record's schema is later than this version of Kutip knows."""


class LockedRecord(RecordError):
    """Another program kept the record locked."""


class DamagedRecord(RecordError):
    """The file is damaged or could not be read or written."""


class NeedsExtra(RecordError):
    """A package is not installed that the record is made with."""


class NotFound(RecordError):
    """Nothing, or more than one thing, answers to an id."""


@contextmanager
def speaking(path: str) -> Iterator[None]:
    """Turns the errors of SQLite inside the block into those above; ``path`` is named in the message."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translated(path, error) from error


def _translated(path: str, error: sqlite3.DatabaseError) -> RecordError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return LockedRecord(f"{path} is locked by another program; try again when that has finished")
    if "not a database" in said:
        return NotARecord(f"{path} is not a record of Kutip; name another file with --record")
    if "unable to open" in said:
        return NoRecord(f"{path} cannot be opened: is the folder there, and may you write to it?")
    if "readonly" in said:
        return DamagedRecord(f"{path} may not be written to; copy it to a place of your own")
    if "full" in said:
        return DamagedRecord(f"{path} cannot grow: the disk is full ({said})")
    return DamagedRecord(f"{path} cannot be used: {said}; `kutip verify` says what still holds")
