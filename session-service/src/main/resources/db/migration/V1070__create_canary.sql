-- Which shoppers the instances of a new version serve, for all shops: one row, or none as long as nobody has said.
CREATE TABLE IF NOT EXISTS canary (
  id         TINYINT     NOT NULL PRIMARY KEY CHECK (id = 1),
  enabled    BOOLEAN     NOT NULL,
  tails      VARCHAR(19) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  updated_at DATETIME(6) NOT NULL
) ENGINE = InnoDB;
