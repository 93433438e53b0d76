-- Entries whose words were taken out when nobody needed them any more: the hash that stands in the chain, and the erasure (an entry itself) that says so.
CREATE TABLE erased (
  seq     INTEGER PRIMARY KEY,
  hash    TEXT NOT NULL,
  erasure TEXT NOT NULL
);
CREATE TRIGGER erased_never_changes BEFORE UPDATE ON erased BEGIN SELECT RAISE(ABORT, 'an erasure is never changed'); END;
CREATE TRIGGER erased_never_goes BEFORE DELETE ON erased BEGIN SELECT RAISE(ABORT, 'an erasure is never deleted'); END;
-- An event or a version of a record changes in one way only: its words go, after the erasure was written down.
DROP TRIGGER event_never_changes;
CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
  WHEN NOT EXISTS (SELECT 1 FROM erased WHERE seq = OLD.seq AND hash = OLD.hash)
    OR NEW.seq <> OLD.seq OR NEW.id <> OLD.id OR NEW.hash <> OLD.hash OR NEW.prev <> OLD.prev OR NEW.device <> OLD.device
    OR NEW.device_seq <> OLD.device_seq OR NEW.receipt <> OLD.receipt OR NEW.received_at <> OLD.received_at
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER record_version_never_changes BEFORE UPDATE ON record_version
  WHEN NOT EXISTS (SELECT 1 FROM erased WHERE seq = OLD.seq)
    OR NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind OR NEW.id <> OLD.id OR NEW.ended <> OLD.ended OR NEW.at <> OLD.at
  BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
-- What was written while following a student up: its words go, nothing else.
DROP TRIGGER follow_up_never_changes;
CREATE TRIGGER follow_up_never_changes BEFORE UPDATE ON follow_up
  WHEN NEW.text <> '' OR NEW.id <> OLD.id OR NEW.student <> OLD.student OR NEW.kind <> OLD.kind OR NEW.by <> OLD.by OR NEW.at <> OLD.at
  BEGIN SELECT RAISE(ABORT, 'what was written is never changed'); END;
