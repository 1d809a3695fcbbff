-- Actors are counted from an index alone, known names are found without looking through all, and of a story that
-- changed it is known which articles are new.

DROP INDEX mentions_by_actor;
CREATE INDEX mentions_by_actor ON mentions (actor, name, kind, attributions);
CREATE INDEX name_keys_by_name ON name_keys (name);

ALTER TABLE unfollowed RENAME TO old_unfollowed;
CREATE TABLE unfollowed (                    -- stories whose statements have not been made since they changed
    story   INTEGER NOT NULL REFERENCES stories (key),
    article INTEGER NOT NULL,                -- new in it; 0: all of it is to be made anew
    PRIMARY KEY (story, article)
) WITHOUT ROWID;
INSERT INTO unfollowed SELECT story, 0 FROM old_unfollowed;
DROP TABLE old_unfollowed;
