-- Orders the sessions of one user in Redis: null means the id; a session that was taken over from a guest comes after
-- all that the user had.
ALTER TABLE session ADD COLUMN turn BIGINT NULL;
