-- Files that were made for a student information system: what they said, so that a later difference can be explained.
CREATE TABLE write_back (
  id    INTEGER PRIMARY KEY,
  sis   TEXT NOT NULL,
  file  TEXT NOT NULL,
  at    INTEGER NOT NULL,
  by    TEXT NOT NULL,
  as_of TEXT NOT NULL,
  epoch TEXT NOT NULL,
  seq   INTEGER NOT NULL,
  -- JSON: values by the key of their row.
  rows  TEXT NOT NULL
);
CREATE INDEX write_back_by_file ON write_back (sis, file, id);
