-- When a receiver was told last, by the database's own clock; NULL when none is known any more. What is kept too long is
-- found by it.
ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS receiver_told_at DATETIME(6) NULL,
  ADD KEY IF NOT EXISTS by_receiver_age (receiver_told_at);
UPDATE orders SET receiver_told_at = UTC_TIMESTAMP(6) WHERE receiver_key IS NOT NULL AND receiver_told_at IS NULL;
