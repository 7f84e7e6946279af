-- A parcel of an order. item_skus is a JSON list, NULL for all items.
CREATE TABLE shipment (
    shop_id     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    tracking_no VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    carrier     VARCHAR(64) CHARACTER SET utf8mb4 NOT NULL,
    status      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    item_skus   MEDIUMTEXT CHARACTER SET utf8mb4 NULL,
    eta         DATETIME(6) NULL,
    updated_at  DATETIME(6) NOT NULL,
    PRIMARY KEY (shop_id, order_id, tracking_no)
) ENGINE = InnoDB;
