-- Shops and what they set for themselves. The row is the truth; the topic shop.settings carries copies of it.
CREATE TABLE shop (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- Grows with each change; 0 while the row is only claimed.
  version    BIGINT      NOT NULL,
  -- JSON of the settings as they stand on the topic.
  settings   MEDIUMTEXT  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL
) ENGINE = InnoDB;
