-- Every version of the dialogs that shops wrote, as they wrote them; a version never changes.
CREATE TABLE dialog_flow (
  shop_id    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version    INT         NOT NULL,
  body       MEDIUMTEXT  NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (shop_id, name, version)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
