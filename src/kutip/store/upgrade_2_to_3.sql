-- Actors are counted from an index alone, and known names are found without looking through all.

DROP INDEX mentions_by_actor;
CREATE INDEX mentions_by_actor ON mentions (actor, name, kind, attributions);
CREATE INDEX name_keys_by_name ON name_keys (name);
