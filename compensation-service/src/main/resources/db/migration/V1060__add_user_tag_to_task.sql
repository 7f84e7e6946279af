-- Whom a task tells, where the record's key does not say it: by this, too, an erasure finds it.
ALTER TABLE task
  ADD COLUMN IF NOT EXISTS user_tag VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY IF NOT EXISTS task_user (user_tag(191));
