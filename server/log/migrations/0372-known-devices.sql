-- Which device is known as whose: who came in there. Only there has that person tries of their own.
CREATE TABLE known_device (
  account TEXT NOT NULL REFERENCES account (id),
  device  TEXT NOT NULL,
  PRIMARY KEY (account, device)
) WITHOUT ROWID;
INSERT OR IGNORE INTO known_device (account, device) SELECT a.id, d.id FROM device d JOIN account a ON a.staff = d.staff;
INSERT OR IGNORE INTO known_device (account, device)
  SELECT s.account, s.device FROM sign_in s JOIN account a ON a.id = s.account
  WHERE s.device IS NOT NULL AND s.outcome IN ('password', 'provider');
-- Names stood here as they were typed. From now on a key says nothing of what it was made of.
DELETE FROM attempt;
