-- Shoppers whose data was erased on demand: what is not newer than the mark is stored nowhere, however late it comes.
CREATE TABLE erasure (
  shop_id      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- SHA-256 of the user's tag: enough to recognise what comes late, and no name
  who          CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- all messages up to this id are erased
  up_to        BIGINT       NOT NULL,
  -- name part of the tag while there is work left, else null
  user_id      VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NULL,
  requested_at BIGINT       NOT NULL,
  -- when somebody last began to finish it; the sweeper claims it by this
  tried_at     BIGINT       NOT NULL,
  done         BOOLEAN      NOT NULL,
  PRIMARY KEY (shop_id, who),
  KEY erasure_up_to (up_to),
  KEY erasure_unfinished (done, tried_at)
) ENGINE = InnoDB;
