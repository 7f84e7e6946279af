-- What a shop has of an article, and how much of it is locked for a time. available = on_hand - locked, never below zero.
CREATE TABLE inventory (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sku        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  on_hand    BIGINT      NOT NULL CHECK (on_hand >= 0),
  locked     BIGINT      NOT NULL CHECK (locked >= 0),
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (shop_id, sku)
) ENGINE = InnoDB;

-- A lock has the id of the command that made it, and stays, as the command does. Only status `held` counts in `locked`.
CREATE TABLE inventory_lock (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         BIGINT      NOT NULL,
  sku        VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  quantity   BIGINT      NOT NULL CHECK (quantity > 0),
  status     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  ended_at   DATETIME(6) NULL,
  PRIMARY KEY (shop_id, id),
  KEY lock_end (status, expires_at)
) ENGINE = InnoDB;
