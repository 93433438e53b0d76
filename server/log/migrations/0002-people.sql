-- Who may sign in. A password is kept only as its argon2id hash, a token only as its SHA-256.
CREATE TABLE account (
  id         TEXT PRIMARY KEY,
  username   TEXT NOT NULL UNIQUE,
  staff      TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  password   TEXT,
  created_at INTEGER NOT NULL
);
CREATE TABLE invite (
  token_hash TEXT PRIMARY KEY,
  account    TEXT NOT NULL REFERENCES account (id),
  expires_at INTEGER NOT NULL,
  used_at    INTEGER
);
CREATE TABLE web_session (
  token_hash   TEXT PRIMARY KEY,
  account      TEXT NOT NULL REFERENCES account (id),
  device       TEXT NOT NULL REFERENCES device (id),
  created_at   INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
);
CREATE INDEX web_session_by_account ON web_session (account);
-- Accounts of the invented sample district, shown on the sign-in page.
CREATE TABLE sample_account (
  username TEXT PRIMARY KEY,
  role     TEXT NOT NULL,
  name     TEXT NOT NULL,
  password TEXT NOT NULL
);
