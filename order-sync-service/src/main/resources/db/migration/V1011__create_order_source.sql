-- A platform that a shop takes orders from, and how far it was asked. Secrets are encrypted. events_id stands in the
-- address that the platform calls; next_poll_at is NULL for a platform that only calls. The lease says which instance
-- asks; what is done under it bears being done twice.
CREATE TABLE IF NOT EXISTS order_source (
  shop_id         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name            VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  events_id       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  platform        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address         VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  secret          VARBINARY(512)  NOT NULL,
  previous_secret VARBINARY(512)  NULL,
  previous_until  DATETIME(6)  NULL,
  access_token    VARBINARY(1024) NULL,
  told_until      DATETIME(6)  NULL,
  next_poll_at    DATETIME(6)  NULL,
  succeeded_at    DATETIME(6)  NULL,
  failures        INT          NOT NULL,
  failure         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_holder    VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  lease_until     DATETIME(6)  NOT NULL,
  created_at      DATETIME(6)  NOT NULL,
  updated_at      DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, name),
  UNIQUE KEY order_source_events (events_id),
  KEY order_source_due (next_poll_at)
) ENGINE = InnoDB;
