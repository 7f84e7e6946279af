-- What was bought, in the order of the merchant's list.
CREATE TABLE order_item (
    shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    position   INT NOT NULL,
    sku        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    title      VARCHAR(256) CHARACTER SET utf8mb4 NOT NULL,
    options    MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL,
    quantity   INT NOT NULL,
    unit_minor BIGINT NOT NULL,
    currency   CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (shop_id, order_id, position)
) ENGINE = InnoDB;
