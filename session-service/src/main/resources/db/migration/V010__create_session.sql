-- One row for each session. user_id is the name part of a user tag (u.…, g.…, a.…). Times are milliseconds since 1970.
CREATE TABLE session (
  shop_id        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id             BIGINT       NOT NULL,
  user_id        VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- user_id while the session is open, else null: the unique key leaves a user one open session in a shop
  open_user      VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NULL,
  owner          VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- grows with each change of owner; every change is a compare-and-set on it
  number         BIGINT       NOT NULL,
  holder         VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  device         VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  locale         VARCHAR(35)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  order_id       VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  handoff_reason VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  queued_at      BIGINT       NULL,
  created_at     BIGINT       NOT NULL,
  changed_at     BIGINT       NOT NULL,
  ended_at       BIGINT       NULL,
  -- whether Redis may still show an older number; the sweeper repeats these
  pending        BOOLEAN      NOT NULL,
  PRIMARY KEY (shop_id, id),
  UNIQUE KEY session_open (shop_id, open_user),
  KEY session_user (shop_id, user_id, id),
  KEY session_queue (shop_id, owner, queued_at),
  KEY session_pending (pending, changed_at)
) ENGINE = InnoDB;
