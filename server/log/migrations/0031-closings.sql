-- Reporting periods that somebody signed, and the supplements signed after them: frozen with the place in the log that made them.
CREATE TABLE period_closing (
  id        TEXT PRIMARY KEY,
  period    TEXT NOT NULL,
  year      INTEGER NOT NULL,
  -- 0 is the closing itself, 1 and on are supplements to it.
  number    INTEGER NOT NULL,
  epoch     TEXT NOT NULL,
  seq       INTEGER NOT NULL,
  as_of     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  by        TEXT NOT NULL,
  name      TEXT NOT NULL,
  statement TEXT NOT NULL,
  note      TEXT NOT NULL,
  -- What was still open on the checklist when it was signed, as JSON.
  open      TEXT NOT NULL,
  -- The figures, canonical JSON, and the signature over their SHA-256 by the key of the receipts.
  report    TEXT NOT NULL,
  digest    TEXT NOT NULL,
  signature TEXT NOT NULL,
  UNIQUE (period, year, number)
);
CREATE TRIGGER closing_never_changes BEFORE UPDATE ON period_closing BEGIN SELECT RAISE(ABORT, 'a signed period is never changed'); END;
CREATE TRIGGER closing_never_goes BEFORE DELETE ON period_closing BEGIN SELECT RAISE(ABORT, 'a signed period is never deleted'); END;
