-- By which version of Kutip and of a language pack an article was read, so that a later one can read it again.

-- What found the attributions of an article: a version of Kutip with what a language pack says. Where the one or the
-- other has changed, `kutip reread` finds them again.
CREATE TABLE readers (
    key     INTEGER PRIMARY KEY,
    version TEXT NOT NULL,                   -- of Kutip; "": not known
    lang    TEXT NOT NULL,                   -- of the articles; "": not known
    pack    TEXT NOT NULL,                   -- hash of what the pack says; "": there was none, or it is not known
    UNIQUE (version, lang, pack)
);
CREATE TABLE readings (
    article INTEGER PRIMARY KEY REFERENCES articles (key),
    reader  INTEGER NOT NULL REFERENCES readers (key)
);
CREATE INDEX readings_by_reader ON readings (reader);

INSERT INTO readers (version, lang, pack)
SELECT DISTINCT runs.version, coalesce(articles.lang, ''), '' FROM articles JOIN runs ON runs.key = articles.run
ORDER BY 1, 2;
INSERT INTO readings
SELECT articles.key, readers.key FROM articles JOIN runs ON runs.key = articles.run
JOIN readers ON readers.version = runs.version AND readers.lang = coalesce(articles.lang, '');

CREATE TRIGGER attributions_text_delete AFTER DELETE ON attributions BEGIN
    INSERT INTO attributions_text (attributions_text, rowid, content, speaker)
    VALUES ('delete', old.key, old.content, old.speaker);
END;
