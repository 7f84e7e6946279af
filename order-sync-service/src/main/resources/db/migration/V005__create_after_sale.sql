-- A refund, return or exchange of an order.
CREATE TABLE after_sale (
    shop_id      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id     VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    id           VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    type         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reason       VARCHAR(512) CHARACTER SET utf8mb4 NULL,
    amount_minor BIGINT NULL,
    currency     CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NULL,
    updated_at   DATETIME(6) NOT NULL,
    PRIMARY KEY (shop_id, order_id, id)
) ENGINE = InnoDB;
