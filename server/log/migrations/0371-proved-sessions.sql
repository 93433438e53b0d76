-- Whether the second factor was shown in this session. Of sessions from before nobody knows: where there is a second factor, one signs in once more.
ALTER TABLE web_session ADD COLUMN proved INTEGER NOT NULL DEFAULT 0;
-- Grants up to `at` are over; those of one device since `since` are not: it is where the others were ended.
CREATE TABLE grant_end (
  account TEXT PRIMARY KEY REFERENCES account (id),
  at      INTEGER NOT NULL,
  device  TEXT NOT NULL,
  since   INTEGER NOT NULL
);
