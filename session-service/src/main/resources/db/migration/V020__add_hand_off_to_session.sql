-- Who holds a session by name, where it stands in the queue, and how and by whom it changed hands last.
ALTER TABLE session
  ADD COLUMN holder_name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL AFTER holder,
  -- orders the queue: the moment it was entered, or far before that for those that come back from an agent
  ADD COLUMN queue_rank  BIGINT      NULL AFTER queued_at,
  ADD COLUMN changed_how VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'CREATED' AFTER changed_at,
  -- the agent who did it, null for the shopper and the suite
  ADD COLUMN changed_by  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL AFTER changed_how;

UPDATE session SET queue_rank = queued_at WHERE queued_at IS NOT NULL;

ALTER TABLE session
  DROP KEY session_queue,
  ADD KEY session_line (shop_id, owner, queue_rank, id),
  ADD KEY session_owner (owner, shop_id, id);
