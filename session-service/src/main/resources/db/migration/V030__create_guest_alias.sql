-- A guest who became a user. The guest's messages stay under the guest's name; who reads the user's log reads them too.
-- guest_id and user_id are name parts of tags (g.…, u.…). Times are milliseconds since 1970.
CREATE TABLE guest_alias (
  shop_id  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  guest_id VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id  VARCHAR(770) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bound_at BIGINT       NOT NULL,
  -- when somebody last began to finish it; the sweeper claims it by this
  tried_at BIGINT       NOT NULL,
  -- whether Redis shows it in full
  done     BOOLEAN      NOT NULL,
  PRIMARY KEY (shop_id, guest_id),
  KEY guest_alias_user (shop_id, user_id),
  KEY guest_alias_unfinished (done, tried_at)
) ENGINE = InnoDB;
