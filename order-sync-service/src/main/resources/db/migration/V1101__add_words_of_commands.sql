-- What somebody wrote into a command, its reason and its note: encrypted, and emptied when the shopper is erased. Of which
-- order it is says whose it is.
ALTER TABLE command
  ADD COLUMN IF NOT EXISTS words VARBINARY(8192) NULL,
  ADD COLUMN IF NOT EXISTS words_key VARBINARY(5) GENERATED ALWAYS AS (LEFT(words, 5)) STORED,
  ADD COLUMN IF NOT EXISTS order_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  ADD KEY IF NOT EXISTS command_words_key (words_key, shop_id, id),
  ADD KEY IF NOT EXISTS command_of_order (shop_id, order_id);
