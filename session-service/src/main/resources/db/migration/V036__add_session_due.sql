-- When to look whether an open session is past its end: a day after its beginning, later if somebody looked and it was
-- not. Null once it is closed, so that the index holds open sessions alone.
ALTER TABLE session
  ADD COLUMN open_until BIGINT NULL,
  ADD COLUMN due_at BIGINT GENERATED ALWAYS AS
    (IF(open_user IS NULL, NULL, COALESCE(open_until, created_at + 86400000))) STORED,
  ADD INDEX session_due (due_at);
