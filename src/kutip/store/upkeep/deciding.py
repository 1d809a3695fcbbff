"""Keeps what a person decided about actors, and resolves the names that it is about."""

import sqlite3

from kutip.store.actors import Decision
from kutip.store.errors import speaking
from kutip.store.upkeep.actors import Actors


def decide(db: sqlite3.Connection, path: str, decision: Decision) -> None:
    """Writes the decision as a row, and what follows from it, in one transaction."""
    d = decision
    row = (d.what, d.one, d.one_article, d.other, d.other_article, d.author, d.decided)
    columns = "what, one, one_article, other, other_article, author, decided"
    with speaking(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(f"INSERT INTO decisions ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            Actors(db).update_names([d.one, d.other])
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
