-- Who read which order's receiver in clear, what of it, and why. Nothing of what was read.
CREATE TABLE IF NOT EXISTS unmask (
  shop_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           BIGINT       NOT NULL,
  order_id     VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- the subject of the token, and the client that it was made for
  actor        VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  client_id    VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  on_behalf_of VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  fields       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- emptied when the shopper is erased
  reason       VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
  request_id   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  done_at      DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, id),
  KEY unmask_order (shop_id, order_id, id),
  KEY unmask_actor (shop_id, actor, done_at),
  KEY unmask_age (done_at)
) ENGINE = InnoDB;
