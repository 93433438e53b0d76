-- Views of the merged roster that somebody keeps: a name, and what the address of the page says.
CREATE TABLE saved_view (
  staff   TEXT NOT NULL,
  name    TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (staff, name)
);
