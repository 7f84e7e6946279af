-- Ended locks and finished commands are deleted after their time, oldest first.
ALTER TABLE inventory_lock ADD KEY IF NOT EXISTS lock_ended (ended_at);
ALTER TABLE command ADD KEY IF NOT EXISTS command_finished (status, updated_at);
