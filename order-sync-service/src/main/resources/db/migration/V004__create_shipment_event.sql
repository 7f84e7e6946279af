-- Where a parcel has been, oldest first by position.
CREATE TABLE shipment_event (
    shop_id     VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_id    VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    tracking_no VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    position    INT NOT NULL,
    at          DATETIME(6) NOT NULL,
    status      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    text        VARCHAR(512) CHARACTER SET utf8mb4 NOT NULL,
    PRIMARY KEY (shop_id, order_id, tracking_no, position)
) ENGINE = InnoDB;
