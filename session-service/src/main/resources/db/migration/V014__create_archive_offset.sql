-- How far the archive has followed each partition; written in one transaction with the rows.
CREATE TABLE archive_offset (
  topic       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partition_no INT         NOT NULL,
  next_offset BIGINT       NOT NULL,
  PRIMARY KEY (topic, partition_no)
) ENGINE = InnoDB;
