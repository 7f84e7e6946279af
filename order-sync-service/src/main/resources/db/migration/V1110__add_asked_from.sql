-- Where the next poll of a platform begins; NULL for a little before told_until.
ALTER TABLE order_source
  ADD COLUMN IF NOT EXISTS asked_from DATETIME(6) NULL;
