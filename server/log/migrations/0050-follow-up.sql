-- What people wrote while following students up. A record, like the log: nothing in it is changed or taken out.
CREATE TABLE follow_up (
  id      TEXT PRIMARY KEY,
  student TEXT NOT NULL,
  site    TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('note', 'assigned', 'outcome', 'letter')),
  text    TEXT NOT NULL,
  staff   TEXT,
  due     TEXT,
  outcome TEXT,
  by      TEXT NOT NULL,
  at      INTEGER NOT NULL
);
CREATE INDEX follow_up_by_site ON follow_up (site, at);
CREATE INDEX follow_up_by_student ON follow_up (student, at);
CREATE TRIGGER follow_up_never_changes BEFORE UPDATE ON follow_up BEGIN SELECT RAISE(ABORT, 'what was written is never changed'); END;
CREATE TRIGGER follow_up_never_goes BEFORE DELETE ON follow_up BEGIN SELECT RAISE(ABORT, 'what was written is never deleted'); END;

-- Letters as a district words them; the newest of a kind and language holds.
CREATE TABLE letter_template (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  language TEXT NOT NULL,
  title    TEXT NOT NULL,
  body     TEXT NOT NULL,
  by       TEXT NOT NULL,
  at       INTEGER NOT NULL
);

-- What a district considers worth a look; the newest row holds.
CREATE TABLE attention_choice (
  id            INTEGER PRIMARY KEY,
  eligible_from INTEGER NOT NULL,
  missed_in_row INTEGER NOT NULL,
  by            TEXT NOT NULL,
  at            INTEGER NOT NULL
);
