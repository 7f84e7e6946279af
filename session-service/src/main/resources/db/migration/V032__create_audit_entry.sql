-- Who did what to whose data. Erasing a shopper empties the subjects that name them.
CREATE TABLE audit_entry (
  id         BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at         BIGINT       NOT NULL,
  actor      VARCHAR(770) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  action     VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- name part of the user's tag; null if the action must not name anybody
  subject    VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NULL,
  detail     VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  request_id VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  KEY audit_subject (shop_id, subject),
  KEY audit_time (shop_id, at)
) ENGINE = InnoDB;
