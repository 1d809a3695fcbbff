"""Whether a record joins statements across languages with an encoder: remembered, so that all runs agree."""

import sqlite3

from kutip.flow.attributions_to_statements.step import Linking
from kutip.store.encoder import sentence_encoder
from kutip.store.errors import speaking

_REMEMBERED = "SELECT method FROM methods WHERE what = 'crosslingual'"
_OF_TWO_LANGUAGES = """
    INSERT OR IGNORE INTO unfollowed
    SELECT story, 0 FROM story_articles JOIN articles ON articles.key = article
    GROUP BY story HAVING count(DISTINCT lang) > 1
"""


def linking(db: sqlite3.Connection, path: str, wanted: bool | None) -> Linking:
    """How the statements of this record are made.

    wanted: whether with an encoder; None for as before. Where that changes, or the encoder has another version, the
    stories in two languages are to be followed anew. Raises NeedsExtra where the encoder is not installed.
    """
    with speaking(path):
        row = db.execute(_REMEMBERED).fetchone()
    before = str(row["method"]) if row else ""
    encoder = sentence_encoder() if (bool(before) if wanted is None else wanted) else None
    name = encoder.name if encoder else ""
    if name != before:
        with speaking(path):
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT OR REPLACE INTO methods VALUES ('crosslingual', ?)", [name])
            db.execute(_OF_TWO_LANGUAGES)
            db.execute("COMMIT")
    return Linking(encoder=encoder)
