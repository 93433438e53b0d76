-- The statewide identifier each student was last placed by. When it is corrected, those who shared the old one are placed anew.
CREATE TABLE placed_ssid (
  student TEXT PRIMARY KEY,
  ssid    TEXT NOT NULL
);
CREATE INDEX placed_ssid_by_ssid ON placed_ssid (ssid);
INSERT INTO placed_ssid (student, ssid) SELECT id, ssid FROM record WHERE kind = 'student' AND ssid IS NOT NULL;
