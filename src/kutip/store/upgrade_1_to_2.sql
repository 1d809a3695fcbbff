-- Stories, actors across the record, statements. What was in actors is now in mentions; what derives is made by the
-- next `kutip ingest` or by `kutip rebuild`.

ALTER TABLE actors RENAME TO old_actors;
DROP INDEX actors_by_name;

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
CREATE INDEX mentions_by_actor ON mentions (actor);

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
    story INTEGER PRIMARY KEY REFERENCES stories (key)
);

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

INSERT INTO mentions (article, name, kind, roles, attributions)
SELECT article, name, kind, roles, attributions FROM old_actors;
DROP TABLE old_actors;
INSERT INTO pending SELECT key FROM articles WHERE superseded_by IS NULL;

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
