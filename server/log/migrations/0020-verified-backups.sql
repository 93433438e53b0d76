-- Copies that were opened and checked after they were written, and those that failed: what devices may rely on, and what an operator must know.
CREATE TABLE backup (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  epoch  TEXT NOT NULL,
  -- The newest sequence in the copy.
  seq    INTEGER NOT NULL,
  folder TEXT NOT NULL,
  -- What was wrong with it; null when it was found sound.
  fault  TEXT
);
