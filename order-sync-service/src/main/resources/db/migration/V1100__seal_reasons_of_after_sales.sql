-- Why a shopper wants an after-sale, in words that may be theirs: encrypted, and emptied when the shopper is erased.
ALTER TABLE after_sale
  ADD COLUMN IF NOT EXISTS reason_sealed VARBINARY(2304) NULL,
  ADD COLUMN IF NOT EXISTS reason_key VARBINARY(5) GENERATED ALWAYS AS (LEFT(reason_sealed, 5)) STORED,
  ADD KEY IF NOT EXISTS after_sale_reason_key (reason_key, shop_id, order_id),
  DROP COLUMN IF EXISTS reason;
