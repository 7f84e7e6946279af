-- What a shopper thought of a session; the last word counts.
CREATE TABLE session_rating (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_id BIGINT       NOT NULL,
  score      TINYINT      NOT NULL,
  comment    VARCHAR(500) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  rated_at   BIGINT       NOT NULL,
  PRIMARY KEY (shop_id, session_id)
) ENGINE = InnoDB;
