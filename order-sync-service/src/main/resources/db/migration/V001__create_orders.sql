-- An order as the merchant told it last. The receiver is encrypted; receiver_phone_hash finds orders by phone.
CREATE TABLE orders (
    shop_id             VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id                  VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    user_id             VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    status              VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    placed_at           DATETIME(6) NOT NULL,
    updated_at          DATETIME(6) NOT NULL,
    total_minor         BIGINT NOT NULL,
    currency            CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    receiver_name       VARBINARY(1024) NULL,
    receiver_phone      VARBINARY(512) NULL,
    receiver_address    VARBINARY(4096) NULL,
    receiver_phone_hash BINARY(32) NULL,
    PRIMARY KEY (shop_id, id),
    KEY by_user (shop_id, user_id, placed_at, id),
    KEY by_time (shop_id, placed_at, id),
    KEY by_phone (shop_id, receiver_phone_hash)
) ENGINE = InnoDB;
