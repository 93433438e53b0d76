-- Who of the staff changed a record of the registry by hand; versions of imports, of the operator and of before have no row.
CREATE TABLE record_by (
  seq   INTEGER PRIMARY KEY,
  staff TEXT NOT NULL
);
