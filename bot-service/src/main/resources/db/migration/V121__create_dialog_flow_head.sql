-- Which version of a dialog talks: version 0 is the one that is built in; the canary talks to users with these tails.
CREATE TABLE dialog_flow_head (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    INT         NOT NULL,
  canary     INT         NOT NULL,
  tails      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  updated_at DATETIME(3) NOT NULL,
  PRIMARY KEY (shop_id, name)
);
