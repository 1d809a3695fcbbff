-- Actors are counted from an index alone.

DROP INDEX mentions_by_actor;
CREATE INDEX mentions_by_actor ON mentions (actor, name, kind, attributions);
