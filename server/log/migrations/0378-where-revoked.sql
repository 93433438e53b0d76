-- The school that a revoked device was of. Nobody is signed in on it any more, and its last person may go elsewhere.
ALTER TABLE device ADD COLUMN revoked_site TEXT;
