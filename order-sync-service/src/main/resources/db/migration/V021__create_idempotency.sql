-- The answers given to Idempotency-Keys, kept for 24 hours.
CREATE TABLE idempotency (
  shop_id     VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  idem_key    VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answer      TEXT         CHARACTER SET utf8mb4 NULL,
  created_at  DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, idem_key),
  KEY idempotency_age (created_at)
) ENGINE = InnoDB;
