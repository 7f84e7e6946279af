-- What merchants ordered to be done, and how it ended. One row per command, never deleted by the service.
CREATE TABLE command (
  shop_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           BIGINT       NOT NULL,
  kind         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id      VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  arguments    TEXT         CHARACTER SET utf8mb4 NOT NULL,
  requested_by VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  status       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  outcome      TEXT         CHARACTER SET utf8mb4 NULL,
  created_at   DATETIME(6)  NOT NULL,
  updated_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, id)
) ENGINE = InnoDB;
