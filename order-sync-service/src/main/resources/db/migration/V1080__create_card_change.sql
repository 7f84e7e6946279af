-- Of which shoppers a transaction changed what their cards show: tags with a blank between them. A row lives for a second or
-- so, until the cache has forgotten what it had of them; see io.xiaoer.ordersync.cache.
CREATE TABLE IF NOT EXISTS card_change (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         BIGINT      NOT NULL AUTO_INCREMENT,
  shoppers   MEDIUMTEXT  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (shop_id, id),
  KEY card_change_id (id)
) ENGINE = InnoDB;
