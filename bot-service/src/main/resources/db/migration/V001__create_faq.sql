-- The FAQ of every shop. seq is made here, grows with creation and is the cursor of lists.
CREATE TABLE faq (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq        BIGINT       NOT NULL,
  question   VARCHAR(500) NOT NULL,
  variants   MEDIUMTEXT   NOT NULL,
  answer     TEXT         NOT NULL,
  locale     VARCHAR(35)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(3)  NOT NULL,
  updated_at DATETIME(3)  NOT NULL,
  PRIMARY KEY (shop_id, id),
  UNIQUE KEY faq_by_seq (shop_id, seq)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
