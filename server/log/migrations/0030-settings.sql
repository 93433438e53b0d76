-- What the district says of itself for its reports: funding rates, costs, local codes of its student information system.
-- Every version is kept; the newest of a key holds, unless it ended.
CREATE TABLE setting_version (
  id    INTEGER PRIMARY KEY,
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  ended INTEGER NOT NULL,
  body  TEXT NOT NULL,
  at    INTEGER NOT NULL,
  by    TEXT NOT NULL
);
CREATE INDEX setting_by_key ON setting_version (kind, key, id);
CREATE TRIGGER setting_never_changes BEFORE UPDATE ON setting_version BEGIN SELECT RAISE(ABORT, 'a setting is replaced, never changed'); END;
CREATE TRIGGER setting_never_goes BEFORE DELETE ON setting_version BEGIN SELECT RAISE(ABORT, 'a setting is ended, never deleted'); END;
