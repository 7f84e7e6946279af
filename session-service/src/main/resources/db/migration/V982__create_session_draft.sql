-- What a stale ownership number refused, for who holds the session, or for the agent who said it.
CREATE TABLE session_draft (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_id BIGINT       NOT NULL,
  -- the nonce's field in the log: a second delivery is the same draft
  nonce      VARCHAR(210) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- orders them: of the bot's the id of the notice in its place
  id         BIGINT       NOT NULL,
  body       MEDIUMTEXT   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  made_at    BIGINT       NOT NULL,
  PRIMARY KEY (shop_id, session_id, nonce),
  KEY session_draft_order (shop_id, session_id, id),
  KEY session_draft_age (made_at)
) ENGINE = InnoDB;
