-- Ways of saying what an entry of the FAQ answers, with what came of them.
CREATE TABLE faq_script (
  shop_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  faq_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answer   TEXT        NOT NULL,
  approved BOOLEAN     NOT NULL,
  shown    BIGINT      NOT NULL,
  settled  BIGINT      NOT NULL,
  solved   BIGINT      NOT NULL,
  weight   DOUBLE      NOT NULL,
  weighted DOUBLE      NOT NULL,
  PRIMARY KEY (shop_id, faq_id, id)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
