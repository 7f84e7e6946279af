-- What an entry was after each change, the latest 50; after its deletion for 30 days.
CREATE TABLE faq_version (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    INT          NOT NULL,
  question   VARCHAR(500) NOT NULL,
  variants   MEDIUMTEXT   NOT NULL,
  answer     TEXT         NOT NULL,
  locale     VARCHAR(35)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  enabled    BOOLEAN      NOT NULL,
  deleted    BOOLEAN      NOT NULL,
  changed_at DATETIME(3)  NOT NULL,
  PRIMARY KEY (shop_id, id, version),
  KEY faq_version_by_age (shop_id, changed_at)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
