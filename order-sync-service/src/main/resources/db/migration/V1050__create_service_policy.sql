-- How far a shop's shoppers may help themselves. A shop without a row has the defaults.
CREATE TABLE IF NOT EXISTS service_policy (
  shop_id               VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  return_days           INT         NOT NULL,
  exchange_days         INT         NOT NULL,
  price_protection_days INT         NOT NULL,
  compensations         TEXT        CHARACTER SET utf8mb4 NOT NULL,
  updated_at            DATETIME(6) NOT NULL,
  PRIMARY KEY (shop_id)
) ENGINE = InnoDB;
