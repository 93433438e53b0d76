-- How many files with many students somebody took lately.
CREATE INDEX disclosure_by_person ON disclosure (person, at);
