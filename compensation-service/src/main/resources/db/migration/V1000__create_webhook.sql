-- The endpoints that shops want to be told at. Deleted ones stay until their deliveries are gone.
CREATE TABLE webhook (
  shop_id      VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           BIGINT        NOT NULL,
  url          VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  events       VARCHAR(255)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status       VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NULL,
  paused_until DATETIME(6)   NULL,
  created_at   DATETIME(6)   NOT NULL,
  PRIMARY KEY (shop_id, id),
  KEY webhook_status (status)
) ENGINE = InnoDB;

-- What an endpoint's deliveries are signed with, encrypted. until_at is null for the newest, else when it ends.
CREATE TABLE webhook_secret (
  shop_id    VARCHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  webhook_id BIGINT         NOT NULL,
  id         BIGINT         NOT NULL,
  secret     VARBINARY(512) NOT NULL,
  until_at   DATETIME(6)    NULL,
  PRIMARY KEY (shop_id, webhook_id, id),
  KEY webhook_secret_age (until_at)
) ENGINE = InnoDB;

-- Grows with each change of an endpoint, in the same transaction: who remembers endpoints asks for it.
CREATE TABLE webhook_version (
  id      TINYINT NOT NULL PRIMARY KEY,
  version BIGINT  NOT NULL
) ENGINE = InnoDB;

INSERT INTO webhook_version (id, version) VALUES (1, 0);
