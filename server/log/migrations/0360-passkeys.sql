-- Passkeys as a second factor: public keys only. A challenge is written down when it was used, so that it is good once.
CREATE TABLE passkey (
  id           TEXT PRIMARY KEY,
  account      TEXT NOT NULL REFERENCES account (id),
  public_key   BLOB NOT NULL,
  counter      INTEGER NOT NULL,
  transports   TEXT NOT NULL,
  name         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER
);
CREATE INDEX passkey_by_account ON passkey (account);
CREATE TABLE used_challenge (
  challenge TEXT PRIMARY KEY,
  until     INTEGER NOT NULL
);
-- Another secret waits here until its first code: the one in use stays until then.
ALTER TABLE second_factor ADD COLUMN next_secret TEXT;
