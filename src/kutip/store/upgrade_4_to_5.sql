-- What derives is made anew in parts: how far that has come.

CREATE TABLE remaking (                      -- a row while all of it is being made anew
    method TEXT NOT NULL,                    -- by which
    step   TEXT NOT NULL,
    done   TEXT NOT NULL                     -- how far that step is
);
CREATE TABLE remade (                        -- the articles, in the order in which they are compared; empty otherwise
    position INTEGER PRIMARY KEY,
    article  INTEGER NOT NULL UNIQUE REFERENCES articles (key),
    copy_of  INTEGER,                        -- the article whose words it repeats nearly all
    grouped  INTEGER NOT NULL DEFAULT 0      -- 1: its story is made
);
CREATE INDEX remade_by_copy ON remade (copy_of) WHERE copy_of IS NOT NULL;
