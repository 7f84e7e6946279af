-- The name of the key that a row's secrets are under: the first bytes of each of them. Zeros if they are under several,
-- as when one of them was changed: such a row counts as one under an older key.
ALTER TABLE order_source
  ADD COLUMN IF NOT EXISTS secrets_key VARBINARY(5)
    GENERATED ALWAYS AS (
      CASE
        WHEN LEFT(COALESCE(previous_secret, secret), 5) = LEFT(secret, 5)
         AND LEFT(COALESCE(access_token, secret), 5) = LEFT(secret, 5)
        THEN LEFT(secret, 5)
        ELSE X'0000000000'
      END) STORED,
  ADD KEY IF NOT EXISTS order_source_secrets_key (secrets_key, shop_id, name);
