-- Which alerts somebody was told of, and how: each is told once.
CREATE TABLE alert_told (
  staff TEXT NOT NULL,
  key   TEXT NOT NULL,
  how   TEXT NOT NULL CHECK (how IN ('seen', 'mailed')),
  at    INTEGER NOT NULL,
  PRIMARY KEY (staff, key, how)
);
