-- What a shop may give away, and what it gave to whom. stock is what is left.
CREATE TABLE coupon_template (
  shop_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title        VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  value_minor  BIGINT       NOT NULL,
  currency     CHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stock        BIGINT       NOT NULL CHECK (stock >= 0),
  issued       BIGINT       NOT NULL,
  per_user     INT          NOT NULL,
  valid_from   DATETIME(6)  NOT NULL,
  valid_to     DATETIME(6)  NOT NULL,
  created_at   DATETIME(6)  NOT NULL,
  updated_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, id)
) ENGINE = InnoDB;

CREATE TABLE coupon (
  shop_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           BIGINT       NOT NULL,
  user_id      VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  template_id  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  command_id   BIGINT       NOT NULL,
  title        VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  value_minor  BIGINT       NOT NULL,
  currency     CHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_to     DATETIME(6)  NOT NULL,
  issued_at    DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, id),
  UNIQUE KEY coupon_command (shop_id, command_id),
  KEY coupon_user (shop_id, user_id, template_id)
) ENGINE = InnoDB;
