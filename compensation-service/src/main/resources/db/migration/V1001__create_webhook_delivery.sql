-- What is to be told, and what was. An event stands once for each endpoint; seq is the order in which it came.
CREATE TABLE webhook_delivery (
  shop_id      VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           BIGINT        NOT NULL,
  seq          BIGINT        NOT NULL AUTO_INCREMENT,
  webhook_id   BIGINT        NOT NULL,
  event_id     VARCHAR(64)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event        VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lane         VARCHAR(80)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_tag     VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL,
  payload      MEDIUMBLOB    NULL,
  status       VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason       VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NULL,
  attempts     INT           NOT NULL DEFAULT 0,
  failures     INT           NOT NULL DEFAULT 0,
  code         INT           NULL,
  duration_ms  INT           NULL,
  since_at     DATETIME(6)   NOT NULL,
  next_at      DATETIME(6)   NULL,
  attempted_at DATETIME(6)   NULL,
  task_id      BIGINT        NULL,
  created_at   DATETIME(6)   NOT NULL,
  ended_at     DATETIME(6)   NULL,
  PRIMARY KEY (shop_id, id),
  UNIQUE KEY webhook_delivery_event (shop_id, webhook_id, event_id),
  UNIQUE KEY webhook_delivery_seq (seq),
  KEY webhook_delivery_list (shop_id, webhook_id, id),
  KEY webhook_delivery_lane (shop_id, webhook_id, status, lane, seq),
  KEY webhook_delivery_user (user_tag(191)),
  KEY webhook_delivery_age (status, ended_at),
  KEY webhook_delivery_wait (status, created_at)
) ENGINE = InnoDB;

-- The lanes in which something waits: what is told one after the other. A row is claimed by moving next_at past the
-- end of the claim, so that a claim whose holder died ends by itself; the row goes when nothing waits any more.
CREATE TABLE webhook_lane (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  webhook_id BIGINT      NOT NULL,
  lane       VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_at    DATETIME(6) NOT NULL,
  claim      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (shop_id, webhook_id, lane),
  KEY webhook_lane_due (shop_id, webhook_id, next_at)
) ENGINE = InnoDB;
