-- The keyset of encrypted fields, wrapped by the key service. Every instance uses the one row.
CREATE TABLE IF NOT EXISTS field_keyset (
  name     VARCHAR(32)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- grows with each change; changes are a compare-and-set on it
  version  BIGINT           NOT NULL,
  wrapped  VARBINARY(60000) NOT NULL,
  -- when the newest key was added
  added_at DATETIME(6)      NOT NULL,
  -- whether the newest key writes; before that all instances come to know it
  promoted BOOLEAN          NOT NULL
) ENGINE = InnoDB;
