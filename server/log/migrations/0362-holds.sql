-- Somebody asked that nothing be erased: of one student, or (without one) of anybody. A hold is released, never deleted.
CREATE TABLE hold (
  id           INTEGER PRIMARY KEY,
  student      TEXT,
  at           INTEGER NOT NULL,
  name         TEXT NOT NULL,
  reason       TEXT NOT NULL,
  released_at  INTEGER,
  released_by  TEXT,
  released_why TEXT
);
CREATE TRIGGER hold_never_goes BEFORE DELETE ON hold BEGIN SELECT RAISE(ABORT, 'a hold is never deleted'); END;
CREATE TRIGGER hold_is_released_once BEFORE UPDATE ON hold
WHEN OLD.released_at IS NOT NULL OR NEW.name <> OLD.name OR NEW.reason <> OLD.reason OR NEW.at <> OLD.at OR NEW.student IS NOT OLD.student
BEGIN SELECT RAISE(ABORT, 'a hold is never changed'); END;
