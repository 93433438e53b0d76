-- Who gave a role or changed an account here; null for the server's operator, the district's provider, the person itself, and what was before.
ALTER TABLE standing ADD COLUMN by TEXT;
