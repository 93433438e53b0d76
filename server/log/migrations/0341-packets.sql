-- Audit packets that were asked for. Their files lie beside the log until they expire: they can be made again.
CREATE TABLE packet_job (
  id      TEXT PRIMARY KEY,
  -- The staff id of who asked, and the name that stands in the packet.
  owner   TEXT NOT NULL,
  name    TEXT NOT NULL,
  subject TEXT NOT NULL,
  at      INTEGER NOT NULL,
  state   TEXT NOT NULL
);
