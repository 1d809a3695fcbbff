-- The record of Kutip, version 1. One SQLite file, made to be opened as it is.
--
-- Facts are appended and never rewritten: pages as they came, what was understood of them, what was said, and
-- what was not used. Tables hold the facts, views (at the end) are for people.
-- "id" is derived from content: the same on every machine. "key" is a row number: it depends on the order of arrival.
-- A span is [start, stop): half-open offsets, counted in Unicode code points, into articles.text.

CREATE TABLE runs (
    key          INTEGER PRIMARY KEY,
    version      TEXT NOT NULL,              -- of Kutip
    options      TEXT NOT NULL,              -- JSON: what the run was asked to do
    started      TEXT NOT NULL,              -- ISO 8601
    finished     TEXT,                       -- null: still going on, or ended before its time
    pages        INTEGER NOT NULL DEFAULT 0, -- seen
    new_pages    INTEGER NOT NULL DEFAULT 0,
    articles     INTEGER NOT NULL DEFAULT 0, -- new
    attributions INTEGER NOT NULL DEFAULT 0, -- new
    rejections   INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE articles (
    key                 INTEGER PRIMARY KEY,
    id                  TEXT NOT NULL UNIQUE,
    url                 TEXT,
    outlet              TEXT,
    headline            TEXT,
    byline              TEXT,
    published           TEXT,                -- ISO 8601, as precise as known
    published_precision TEXT,                -- minute, day, month, year
    published_evidence  TEXT,                -- the words or the field that it was read from
    published_origin    TEXT,                -- declared, given, text, inferred
    lang                TEXT,                -- ISO 639
    sha256              TEXT NOT NULL,       -- of text in UTF-8
    found_in            TEXT NOT NULL,       -- JSON: where each field of the metadata was found
    superseded_by       INTEGER REFERENCES articles (key), -- a later text under the same url; null: current
    run                 INTEGER NOT NULL REFERENCES runs (key),
    text                TEXT NOT NULL        -- canonical: every span counts its code points; last, being long
);
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_outlet ON articles (outlet);
CREATE INDEX articles_by_published ON articles (published);

CREATE TABLE pages (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,         -- from url and sha256
    url        TEXT,
    name       TEXT NOT NULL,                -- file, row or record that it came from first
    media_type TEXT NOT NULL,
    fetched_at TEXT,                         -- ISO 8601
    sha256     TEXT NOT NULL,                -- of the bytes as they came
    size       INTEGER NOT NULL,             -- in bytes, before compression
    content    BLOB NOT NULL,                -- the bytes, compressed by zlib
    article    INTEGER REFERENCES articles (key), -- null: the page was rejected
    run        INTEGER NOT NULL REFERENCES runs (key)
);
CREATE INDEX pages_by_article ON pages (article);
CREATE INDEX pages_by_name ON pages (name);

CREATE TABLE blocks (
    article  INTEGER NOT NULL REFERENCES articles (key),
    position INTEGER NOT NULL,
    role     TEXT NOT NULL,                  -- headline, lead, body, related, promotion …
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    repeats  INTEGER,                        -- position of the block that this one repeats
    PRIMARY KEY (article, position)
) WITHOUT ROWID;

CREATE TABLE attributions (
    key              INTEGER PRIMARY KEY,
    id               TEXT NOT NULL UNIQUE,
    article          INTEGER NOT NULL REFERENCES articles (key),
    position         INTEGER NOT NULL,       -- in the article
    kind             TEXT NOT NULL,          -- direct, indirect, mixed
    speaker          TEXT,                   -- fullest name in the article; null: cannot be known
    speaker_kind     TEXT NOT NULL,          -- person, organisation, document, unnamed, group
    speaker_role     TEXT NOT NULL,          -- as written beside the name
    force            TEXT NOT NULL,          -- says, denies, asks …
    content          TEXT NOT NULL,          -- the words of content_spans, " … " between them
    cue              TEXT,
    source           TEXT,
    said_to          TEXT NOT NULL,
    venue            TEXT NOT NULL,
    said_on          TEXT,                   -- ISO date
    said_on_evidence TEXT NOT NULL,
    day              TEXT,                   -- said_on, else the day of publication, as precise as known
    negated          INTEGER NOT NULL,       -- 0 or 1: the content is negated
    conditional      INTEGER NOT NULL,       -- 0 or 1: the content stands under a condition
    confidence       REAL NOT NULL,          -- 0 to 1
    rule             TEXT NOT NULL,          -- the frame that found it
    content_spans    TEXT NOT NULL,          -- JSON: [[start, stop], …]
    cue_span         TEXT,                   -- JSON: [start, stop]
    source_span      TEXT,
    repeat_of        INTEGER REFERENCES attributions (key) -- the same words printed twice count once
);
CREATE INDEX attributions_by_article ON attributions (article, position);
CREATE INDEX attributions_by_speaker ON attributions (speaker, day);
CREATE INDEX attributions_by_day ON attributions (day);
CREATE INDEX attributions_by_addressee ON attributions (said_to) WHERE said_to <> '';
CREATE INDEX attributions_by_force ON attributions (force, day);
CREATE INDEX attributions_by_repeat ON attributions (repeat_of) WHERE repeat_of IS NOT NULL;

-- The outlets and agencies that an article names as the way by which the words reached it, nearest first.
CREATE TABLE channels (
    attribution INTEGER NOT NULL REFERENCES attributions (key),
    position    INTEGER NOT NULL,
    name        TEXT NOT NULL,
    PRIMARY KEY (attribution, position)
) WITHOUT ROWID;
CREATE INDEX channels_by_name ON channels (name);

-- Who speaks in an article.
CREATE TABLE actors (
    article      INTEGER NOT NULL REFERENCES articles (key),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    roles        TEXT NOT NULL,              -- JSON: as written beside the name, in the order of the text
    attributions INTEGER NOT NULL,           -- repeats not counted
    PRIMARY KEY (article, name, kind)
) WITHOUT ROWID;
CREATE INDEX actors_by_name ON actors (name);

CREATE TABLE rejections (
    key     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,            -- from place, reason and detail
    place   TEXT NOT NULL,                   -- file, row or record
    reason  TEXT NOT NULL,                   -- a short fixed code
    detail  TEXT NOT NULL,                   -- a sentence for people
    page    INTEGER REFERENCES pages (key),  -- null: there was no page
    run     INTEGER NOT NULL REFERENCES runs (key)
);
CREATE INDEX rejections_by_reason ON rejections (reason);
CREATE INDEX rejections_by_page ON rejections (page);

-- Every name by which one can ask (speakers, channels, outlets, addressees), with its case and accents folded.
CREATE TABLE names (
    name   TEXT PRIMARY KEY,
    folded TEXT NOT NULL
) WITHOUT ROWID;

-- Full text. unicode61 splits at everything that is not a letter or a digit, so that "orang-orang" is found as a
-- phrase and "AS-Ukraina" by either name; accents are folded. Suffixes (-nya, -kan, -lah) are met by asking for
-- the beginning of a word, which the index of terms answers as it is: prefix indexes (2 and 3 letters) made it
-- 2.3 times as large, to save milliseconds on beginnings that short. No stemmer: those at hand are for English.
CREATE VIRTUAL TABLE articles_text USING fts5 (
    headline, text, content = 'articles', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_text_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_text (rowid, headline, text) VALUES (new.key, new.headline, new.text);
END;

CREATE VIRTUAL TABLE attributions_text USING fts5 (
    content, speaker, content = 'attributions', content_rowid = 'key',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER attributions_text_insert AFTER INSERT ON attributions BEGIN
    INSERT INTO attributions_text (rowid, content, speaker) VALUES (new.key, new.content, new.speaker);
END;

-- Views for people. Current articles only, repeats left out.

CREATE VIEW said AS
SELECT
    attributions.id, attributions.day, attributions.speaker, attributions.speaker_role, attributions.force,
    attributions.content, attributions.said_to,
    (
        SELECT group_concat(name, ', ')
        FROM (SELECT name FROM channels WHERE attribution = attributions.key ORDER BY position)
    ) AS via,
    articles.outlet, articles.published, articles.headline, articles.url,
    attributions.kind, attributions.speaker_kind, attributions.said_on, attributions.venue,
    attributions.negated, attributions.conditional, attributions.cue, attributions.source,
    attributions.confidence, attributions.rule, articles.lang, articles.id AS article
FROM attributions
JOIN articles ON articles.key = attributions.article
WHERE articles.superseded_by IS NULL AND attributions.repeat_of IS NULL;

CREATE VIEW speakers AS
SELECT
    speaker, speaker_kind, count(*) AS attributions, count(DISTINCT article) AS articles,
    count(DISTINCT outlet) AS outlets, min(day) AS first_day, max(day) AS last_day
FROM said
WHERE speaker IS NOT NULL
GROUP BY speaker, speaker_kind
ORDER BY attributions DESC, speaker;

CREATE VIEW outlets AS
SELECT
    articles.outlet, count(*) AS articles, min(articles.published) AS first_published,
    max(articles.published) AS last_published,
    sum((
        SELECT count(*) FROM attributions
        WHERE attributions.article = articles.key AND attributions.repeat_of IS NULL
    )) AS attributions
FROM articles
WHERE articles.superseded_by IS NULL
GROUP BY articles.outlet
ORDER BY articles DESC, articles.outlet;

CREATE VIEW current_articles AS
SELECT
    articles.id, articles.published, articles.outlet, articles.headline, articles.byline, articles.lang,
    articles.url,
    (
        SELECT count(*) FROM attributions
        WHERE attributions.article = articles.key AND attributions.repeat_of IS NULL
    ) AS attributions,
    articles.text
FROM articles
WHERE articles.superseded_by IS NULL;

CREATE VIEW not_used AS
SELECT rejections.reason, rejections.place, rejections.detail, pages.url, runs.started AS run_started
FROM rejections
JOIN runs ON runs.key = rejections.run
LEFT JOIN pages ON pages.key = rejections.page;
