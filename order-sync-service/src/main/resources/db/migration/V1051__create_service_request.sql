-- What a shopper asks of the shop about an order and a person does. It has the id of the command that made it.
CREATE TABLE IF NOT EXISTS service_request (
  shop_id    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id         BIGINT       NOT NULL,
  kind       VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id   VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  user_id    VARCHAR(64)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- title, tax number and note, encrypted; emptied when the shopper is erased
  words      VARBINARY(8192) NULL,
  words_key  VARBINARY(5) GENERATED ALWAYS AS (LEFT(words, 5)) STORED,
  answer     VARCHAR(512) CHARACTER SET utf8mb4 NULL,
  created_at DATETIME(6)  NOT NULL,
  updated_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (shop_id, id),
  KEY request_of_order (shop_id, order_id, kind),
  KEY request_by_status (shop_id, status, id),
  KEY request_of_user (shop_id, user_id),
  KEY request_words_key (words_key, shop_id, id)
) ENGINE = InnoDB;
