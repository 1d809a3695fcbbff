-- The record of Kutip, version 5. One SQLite file, made to be opened as it is.
--
-- Facts are appended: pages as they came, what was understood of them, what was said, and what was not used; decisions
-- of people are rows too. Only what was said is ever replaced, where a later version reads an article again. Stories,
-- actors and statements derive from them and can be made anew at any time. Views (at the end) are for people.
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

-- Who speaks in an article, by the name it gives.
CREATE TABLE mentions (
    article      INTEGER NOT NULL REFERENCES articles (key),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    roles        TEXT NOT NULL,              -- JSON: as written beside the name, in the order of the text
    attributions INTEGER NOT NULL,           -- repeats not counted
    actor        INTEGER REFERENCES actors (key), -- null: not worked out yet, or the article is superseded
    reason       TEXT,                       -- why it is of that actor
    PRIMARY KEY (article, name, kind)
) WITHOUT ROWID;
CREATE INDEX mentions_by_name ON mentions (name);
CREATE INDEX mentions_by_actor ON mentions (actor, name, kind, attributions); -- all that an actor is counted from

-- What a person decided about actors. The rows always win and survive a rebuild: they name by names and articles,
-- not by actors. A null article stands for all articles. The later of two that contradict each other holds.
CREATE TABLE decisions (
    key           INTEGER PRIMARY KEY,
    what          TEXT NOT NULL,             -- merge, split
    one           TEXT NOT NULL,             -- a name
    one_article   TEXT,                      -- id of the article in which it is meant
    other         TEXT NOT NULL,
    other_article TEXT,
    author        TEXT NOT NULL,
    decided       TEXT NOT NULL              -- ISO 8601
);

-- From here on: derived. `kutip rebuild` makes it anew.

CREATE TABLE pending (                       -- articles whose story has not been worked out since they changed
    article INTEGER PRIMARY KEY REFERENCES articles (key)
);
CREATE TRIGGER pending_insert AFTER INSERT ON articles BEGIN
    INSERT OR IGNORE INTO pending VALUES (new.key);
END;
CREATE TRIGGER pending_update AFTER UPDATE OF superseded_by ON articles
WHEN (old.superseded_by IS NULL) <> (new.superseded_by IS NULL) BEGIN
    INSERT OR IGNORE INTO pending VALUES (new.key);
END;

CREATE TABLE methods (                       -- by which method what derives was made; another one makes it anew
    what   TEXT PRIMARY KEY,
    method TEXT NOT NULL
) WITHOUT ROWID;

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

-- The articles of one event.
CREATE TABLE stories (
    key          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,       -- from its first article
    headline     TEXT,                       -- of the first article
    since        TEXT,                       -- day of the first and the last publication; null: not known. Of an
                                             -- undated article, the last day of which it tells that something was said
    until        TEXT,
    articles     INTEGER NOT NULL,           -- copies included
    copies       INTEGER NOT NULL,
    outlets      INTEGER NOT NULL,
    statements   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX stories_by_until ON stories (until, key);

CREATE TABLE story_articles (                -- each current article is in one story
    article  INTEGER PRIMARY KEY REFERENCES articles (key),
    story    INTEGER REFERENCES stories (key), -- null: not worked out yet
    position INTEGER NOT NULL,               -- by day of publication, unknown last
    copy_of  INTEGER REFERENCES articles (key) -- the article whose words it repeats nearly all
);
CREATE INDEX story_articles_by_story ON story_articles (story, position);
CREATE INDEX story_articles_by_copy ON story_articles (copy_of) WHERE copy_of IS NOT NULL;

CREATE TABLE unfollowed (                    -- stories whose statements have not been made since they changed
    story   INTEGER NOT NULL REFERENCES stories (key),
    article INTEGER NOT NULL,                -- new in it; 0: all of it is to be made anew
    PRIMARY KEY (story, article)
) WITHOUT ROWID;

-- What articles are compared by, for machines. A postings entry is day * 2^40 + article, 8 bytes.
CREATE TABLE story_terms (
    key      INTEGER PRIMARY KEY,
    term     TEXT NOT NULL UNIQUE,           -- "": all articles
    articles INTEGER NOT NULL,               -- how many have it
    postings BLOB NOT NULL                   -- which, if it is not too common
);
CREATE TABLE story_vectors (                 -- of articles that are no copies
    article INTEGER PRIMARY KEY REFERENCES articles (key),
    vector  BLOB NOT NULL
);
CREATE TABLE story_pairs (                   -- how likely two articles are of one event, both ways
    one   INTEGER NOT NULL REFERENCES articles (key),
    other INTEGER NOT NULL REFERENCES articles (key),
    score REAL NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

-- One person, organisation or document under all its names.
CREATE TABLE actors (
    key          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,       -- from its first mention
    name         TEXT NOT NULL,              -- the fullest of the frequent ones
    kind         TEXT NOT NULL,
    attributions INTEGER NOT NULL,
    articles     INTEGER NOT NULL,
    first_day    TEXT,                       -- on which its words were reported
    last_day     TEXT
);
CREATE INDEX actors_by_name ON actors (name);
CREATE INDEX actors_by_attributions ON actors (attributions);

CREATE TABLE name_keys (                     -- beginnings and initials by which names that may be alike are found
    key  TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (key, name)
) WITHOUT ROWID;
CREATE INDEX name_keys_by_name ON name_keys (name);
CREATE TABLE name_links (                    -- names that may be those of one actor, both ways
    one    TEXT NOT NULL,
    other  TEXT NOT NULL,
    score  REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;

-- One act of saying, however many articles tell it.
CREATE TABLE statements (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    story      INTEGER NOT NULL REFERENCES stories (key),
    speaker    TEXT,                         -- fullest name among the renditions; null: nobody is named
    renditions INTEGER NOT NULL,
    articles   INTEGER NOT NULL
);
CREATE INDEX statements_by_story ON statements (story);

CREATE TABLE renditions (                    -- the statement as one article tells it
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL,
    statement     INTEGER NOT NULL REFERENCES statements (key),
    position      INTEGER NOT NULL,          -- 0: the reference, the fullest and nearest to the speaker's words
    article       INTEGER NOT NULL REFERENCES articles (key),
    attribution   INTEGER REFERENCES attributions (key), -- null: told as the outlet's own words
    speaker       TEXT,                      -- as the article names it
    kind          TEXT NOT NULL,             -- direct, indirect, mixed, narration
    content       TEXT NOT NULL,             -- the words of content_spans, " … " between them
    content_spans TEXT NOT NULL,             -- JSON: [[start, stop], …]
    relation      TEXT NOT NULL,             -- to the reference: reference, verbatim, trimmed, reworded, changed, unattributed
    changes       TEXT NOT NULL,             -- JSON: [{"kind", "before", "after"}, …]
    score         REAL NOT NULL,             -- 0 to 1: how sure the link is
    features      TEXT NOT NULL              -- JSON: what the score was weighed from
);
CREATE INDEX renditions_by_statement ON renditions (statement, position);
CREATE INDEX renditions_by_id ON renditions (id);
CREATE INDEX renditions_by_attribution ON renditions (attribution);
CREATE INDEX renditions_by_article ON renditions (article);
CREATE INDEX renditions_by_relation ON renditions (relation);

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
    headline, text, content="articles", content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_text_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_text (rowid, headline, text) VALUES (new.key, new.headline, new.text);
END;

CREATE VIRTUAL TABLE attributions_text USING fts5 (
    content, speaker, content="attributions", content_rowid = 'key',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER attributions_text_insert AFTER INSERT ON attributions BEGIN
    INSERT INTO attributions_text (rowid, content, speaker) VALUES (new.key, new.content, new.speaker);
END;
CREATE TRIGGER attributions_text_delete AFTER DELETE ON attributions BEGIN
    INSERT INTO attributions_text (attributions_text, rowid, content, speaker)
    VALUES ('delete', old.key, old.content, old.speaker);
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

CREATE VIEW latest_stories AS
SELECT since, until, headline, articles, copies, outlets, statements, id
FROM stories
ORDER BY until DESC, id;

CREATE VIEW articles_in_stories AS
SELECT
    stories.id AS story, stories.headline AS story_headline, stories.since, stories.until,
    story_articles.position, articles.published, articles.outlet, articles.headline, original.id AS copy_of,
    articles.url, articles.id AS article
FROM story_articles
JOIN stories ON stories.key = story_articles.story
JOIN articles ON articles.key = story_articles.article
LEFT JOIN articles original ON original.key = story_articles.copy_of
ORDER BY stories.until DESC, stories.id, story_articles.position;

CREATE VIEW actor_names AS
SELECT
    actors.id AS actor, actors.name AS actor_name, mentions.name, sum(mentions.attributions) AS attributions,
    count(*) AS articles, min(substr(articles.published, 1, 10)) AS first_seen,
    max(substr(articles.published, 1, 10)) AS last_seen
FROM actors
JOIN mentions ON mentions.actor = actors.key
JOIN articles ON articles.key = mentions.article
GROUP BY actors.key, mentions.name
ORDER BY actors.name, attributions DESC, mentions.name;

CREATE VIEW actor_roles AS
SELECT
    actors.id AS actor, actors.name AS actor_name, role.value AS role, count(*) AS articles,
    min(substr(articles.published, 1, 10)) AS first_seen, max(substr(articles.published, 1, 10)) AS last_seen
FROM actors
JOIN mentions ON mentions.actor = actors.key
JOIN articles ON articles.key = mentions.article
JOIN json_each(mentions.roles) role
GROUP BY actors.key, role.value
ORDER BY actors.name, first_seen, role;

CREATE VIEW told AS
SELECT
    statements.id AS statement, coalesce(attributions.day, substr(articles.published, 1, 10)) AS day,
    statements.speaker, renditions.relation, renditions.content, renditions.changes, renditions.kind,
    articles.outlet, articles.headline, reference.content AS reference, renditions.score, renditions.features,
    stories.id AS story, articles.id AS article, renditions.id
FROM renditions
JOIN statements ON statements.key = renditions.statement
JOIN renditions reference ON reference.statement = statements.key AND reference.position = 0
JOIN stories ON stories.key = statements.story
JOIN articles ON articles.key = renditions.article
LEFT JOIN attributions ON attributions.key = renditions.attribution
ORDER BY stories.until DESC, statements.id, renditions.position;

CREATE VIEW lost AS
SELECT day, speaker, content, outlet, headline, reference, statement, story, article, id
FROM told
WHERE relation = 'unattributed';

CREATE VIEW changed AS
SELECT day, speaker, content, changes, reference, outlet, headline, statement, story, article, id
FROM told
WHERE changes <> '[]';
