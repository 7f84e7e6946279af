-- The name of the key that a row's fields are under: the first bytes of each of them. Zeros if they are under several, as
-- when a command changed one of them: such a row counts as one under an older key.
ALTER TABLE orders
  ADD COLUMN IF NOT EXISTS receiver_key VARBINARY(5)
    GENERATED ALWAYS AS (
      CASE
        WHEN LEFT(COALESCE(receiver_name, receiver_phone, receiver_address), 5)
               = LEFT(COALESCE(receiver_phone, receiver_address, receiver_name), 5)
         AND LEFT(COALESCE(receiver_name, receiver_phone, receiver_address), 5)
               = LEFT(COALESCE(receiver_address, receiver_name, receiver_phone), 5)
        THEN LEFT(COALESCE(receiver_name, receiver_phone, receiver_address), 5)
        WHEN COALESCE(receiver_name, receiver_phone, receiver_address) IS NOT NULL THEN X'0000000000'
      END) STORED,
  ADD KEY IF NOT EXISTS by_receiver_key (receiver_key, shop_id, id);
