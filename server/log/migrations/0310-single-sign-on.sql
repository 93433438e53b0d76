-- A sign-in at the district's provider that is under way: good once, for ten minutes, in the browser that began it.
CREATE TABLE sso_request (
  state_hash   TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  nonce        TEXT NOT NULL,
  verifier     TEXT NOT NULL,
  -- Whether the provider was to ask for who it is again.
  fresh        INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  -- What it came back with, and whom the provider named: held while something more is asked for.
  answer_hash  TEXT,
  account      TEXT REFERENCES account (id),
  factor       INTEGER,
  used_at      INTEGER
);
-- Who of the provider is whom of ours.
CREATE TABLE sso_identity (
  issuer    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  account   TEXT NOT NULL REFERENCES account (id),
  -- Whether the role came from a group: without the group there is none.
  by_group  INTEGER NOT NULL,
  linked_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (issuer, account)
);
-- Whether the provider vouched for a second factor in this session.
ALTER TABLE web_session ADD COLUMN provider_factor INTEGER NOT NULL DEFAULT 0;
