-- Whose records are emptied when they arrive after their shopper was erased. Names nobody: a key is known by its digest.
CREATE TABLE erased_key (
  digest    CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  erased_at DATETIME(6) NOT NULL,
  KEY erased_key_age (erased_at)
) ENGINE = InnoDB;
