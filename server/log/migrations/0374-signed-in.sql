-- Who ever signed in on which device: only in their name does it record.
CREATE TABLE signed_in (
  device TEXT NOT NULL,
  staff  TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (device, staff)
) WITHOUT ROWID;
INSERT OR IGNORE INTO signed_in (device, staff, at) SELECT id, staff, created_at FROM device WHERE staff IS NOT NULL;
INSERT OR IGNORE INTO signed_in (device, staff, at)
  SELECT k.device, a.staff, d.created_at FROM known_device k JOIN account a ON a.id = k.account JOIN device d ON d.id = k.device;
-- What was taken so far was taken in good faith: of sign-ins older than the table nothing else may be left.
INSERT OR IGNORE INTO signed_in (device, staff, at)
  SELECT r.device, e.body ->> '$.actor', min(e.received_at) FROM event e JOIN receipt r ON r.id = e.receipt
  WHERE e.body ->> '$.actor' IS NOT NULL GROUP BY 1, 2;
