-- The state in the words of the platform that told it, beside the one that it was translated to.
ALTER TABLE orders ADD COLUMN IF NOT EXISTS platform_status VARCHAR(128) CHARACTER SET utf8mb4 NULL;
ALTER TABLE shipment ADD COLUMN IF NOT EXISTS platform_status VARCHAR(128) CHARACTER SET utf8mb4 NULL;
ALTER TABLE after_sale ADD COLUMN IF NOT EXISTS platform_status VARCHAR(128) CHARACTER SET utf8mb4 NULL;
