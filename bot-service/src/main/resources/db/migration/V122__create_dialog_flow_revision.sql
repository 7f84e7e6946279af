-- Grows with every change of a shop's dialogs, in the transaction of the change: what each instance compares its copy with.
CREATE TABLE dialog_flow_revision (
  shop_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision BIGINT      NOT NULL,
  PRIMARY KEY (shop_id)
);
