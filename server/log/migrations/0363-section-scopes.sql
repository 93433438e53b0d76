-- A role may reach some sections of a school. A section that a role once named is told like a school, under the name `section:` and its id.
ALTER TABLE account ADD COLUMN sections TEXT;
ALTER TABLE standing ADD COLUMN sections TEXT;
CREATE TABLE section_scope (
  section TEXT PRIMARY KEY,
  site    TEXT NOT NULL
);
CREATE INDEX section_scope_by_site ON section_scope (site);
-- The sections that the starts of a session name; empty for a start without one.
CREATE TABLE session_section (
  session TEXT NOT NULL,
  section TEXT NOT NULL,
  PRIMARY KEY (session, section)
) WITHOUT ROWID;
CREATE INDEX session_section_by_section ON session_section (section);
INSERT OR IGNORE INTO session_section (session, section)
  SELECT session, coalesce(body ->> '$.section', '') FROM event WHERE session IS NOT NULL AND body ->> '$.type' = 'SessionStarted';
