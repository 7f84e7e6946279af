-- Ended locks and finished commands are deleted after their time, oldest first.
ALTER TABLE inventory_lock ADD KEY lock_ended (ended_at);
ALTER TABLE command ADD KEY command_finished (status, updated_at);
