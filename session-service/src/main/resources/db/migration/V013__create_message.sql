-- The archive. A client's own id may come twice after Redis was lost, so that index is not unique.
CREATE TABLE message (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id    VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         BIGINT       NOT NULL,
  session_id BIGINT       NULL,
  -- <role>:<id> of the nonce's field in the log; the rest of that field is client_id
  sender     VARCHAR(80)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  client_id  VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  hash       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body       MEDIUMTEXT   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (shop_id, user_id, id),
  KEY message_client_id (shop_id, user_id, sender, client_id)
) ENGINE = InnoDB;
