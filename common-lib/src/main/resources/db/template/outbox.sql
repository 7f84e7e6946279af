-- The outbox of one schema. Copy into a migration of each service that imports OutboxConfiguration.
CREATE TABLE outbox (
  id         BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  topic      VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record_key VARCHAR(1024) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  payload    MEDIUMBLOB   NOT NULL,
  headers    TEXT         CHARACTER SET utf8mb4 NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  sent_at    DATETIME(6)  NULL,
  KEY outbox_unsent (sent_at, id),
  KEY outbox_key (record_key(255), sent_at)
) ENGINE = InnoDB;

CREATE TABLE outbox_lease (
  name     VARCHAR(32)  NOT NULL PRIMARY KEY,
  holder   VARCHAR(100) NOT NULL,
  until_at DATETIME(6)  NOT NULL
) ENGINE = InnoDB;

INSERT INTO outbox_lease (name, holder, until_at) VALUES ('relay', 'nobody', '2000-01-01 00:00:00');
