-- Whom erasure was asked for, and when: what was asked before that about their orders and comes later stores nothing of them.
CREATE TABLE IF NOT EXISTS erased_shopper (
  shop_id   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- SHA-256 of the user's tag: enough to recognise what comes late, and no name
  who       CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  erased_at DATETIME(6) NOT NULL,
  PRIMARY KEY (shop_id, who),
  KEY erased_shopper_age (erased_at)
) ENGINE = InnoDB;
