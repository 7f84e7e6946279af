-- Whether the receiver, or the status, is what a command made of it. It stays until the merchant tells a newer version.
ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS receiver_commanded BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN IF NOT EXISTS status_commanded BOOLEAN NOT NULL DEFAULT FALSE;
