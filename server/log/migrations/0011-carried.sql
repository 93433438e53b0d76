-- Parcels that one device carried for another: who brought what, and when. The events are in the log like all others.
CREATE TABLE carried (
  hash    TEXT NOT NULL,
  device  TEXT NOT NULL,
  carrier TEXT NOT NULL,
  at      INTEGER NOT NULL,
  events  INTEGER NOT NULL,
  PRIMARY KEY (hash, carrier)
);
CREATE INDEX carried_by_device ON carried (device, at);
