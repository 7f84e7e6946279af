-- A key may be the tag of a user, which percent-encoding makes up to 803 characters long.
ALTER TABLE outbox
  DROP KEY outbox_key,
  MODIFY record_key VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ADD KEY outbox_key (record_key(255), sent_at);
