-- Which command was read, where it was not the order's receiver.
ALTER TABLE unmask ADD COLUMN IF NOT EXISTS command_id BIGINT NULL;
