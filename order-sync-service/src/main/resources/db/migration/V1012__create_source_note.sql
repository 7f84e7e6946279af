-- What was done already for something that a platform may tell again: deliveries taken (kind `delivery`, by the
-- platform's id) and versions of orders that went to compensation (kind `parked`, by order and version). Kept a few days.
CREATE TABLE IF NOT EXISTS source_note (
  shop_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source   VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest   BINARY(32)   NOT NULL,
  noted_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, source, kind, digest),
  KEY source_note_age (noted_at)
) ENGINE = InnoDB;
