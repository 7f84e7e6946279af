-- The total that a command set, in the order's currency; total_minor stays what the merchant told, from which the lowest
-- price is reckoned. It holds until the merchant tells a newer version of the order.
ALTER TABLE orders ADD COLUMN commanded_minor BIGINT NULL CHECK (commanded_minor >= 0);
