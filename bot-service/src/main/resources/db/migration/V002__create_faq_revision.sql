-- Grows with every change of a shop's FAQ, in the transaction of the change: what each instance compares its copy with.
CREATE TABLE faq_revision (
  shop_id  VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision BIGINT      NOT NULL,
  PRIMARY KEY (shop_id)
);
