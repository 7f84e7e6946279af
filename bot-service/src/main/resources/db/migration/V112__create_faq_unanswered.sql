-- What shoppers asked and nobody knew, without who asked; 5,000 a shop, 30 days after it was asked last.
CREATE TABLE faq_unanswered (
  shop_id   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id        CHAR(32)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language  VARCHAR(2)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text      VARCHAR(500) NOT NULL,
  asked     BIGINT       NOT NULL,
  dismissed BOOLEAN      NOT NULL,
  first_at  DATETIME(3)  NOT NULL,
  last_at   DATETIME(3)  NOT NULL,
  PRIMARY KEY (shop_id, id),
  KEY faq_unanswered_by_age (shop_id, last_at),
  KEY faq_unanswered_age (last_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
