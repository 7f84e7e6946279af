-- Each change of a session's owner, once: the audit of hand-offs, and what handling and waiting times are measured by.
CREATE TABLE session_change (
  shop_id      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_id   BIGINT      NOT NULL,
  -- the ownership number after it
  number       BIGINT      NOT NULL,
  how          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_before VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner        VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- who holds it after it
  holder       VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  -- the agent who did it, null for the shopper and the suite
  changed_by   VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  changed_at   BIGINT      NOT NULL,
  -- how long the owner before had it, ms
  lasted       BIGINT      NOT NULL,
  PRIMARY KEY (shop_id, session_id, number),
  KEY session_change_lasted (shop_id, owner_before, changed_at),
  KEY session_change_age (changed_at)
) ENGINE = InnoDB;
