-- Whether every device needs a PIN, and for how many days a sign-in holds without a network.
ALTER TABLE trust_policy ADD COLUMN pin_needed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE trust_policy ADD COLUMN offline_days INTEGER NOT NULL DEFAULT 7 CHECK (offline_days BETWEEN 1 AND 21);
