-- Whether the receiver, or the status, is what a command made of it. It stays until the merchant tells a newer version.
ALTER TABLE orders
  ADD COLUMN receiver_commanded BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN status_commanded BOOLEAN NOT NULL DEFAULT FALSE;
