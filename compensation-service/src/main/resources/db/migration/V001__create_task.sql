-- Failed work of every service, whole. shop_id is null when the record does not tell whose it is: operators see it.
CREATE TABLE task (
  id             BIGINT        NOT NULL PRIMARY KEY,
  shop_id        VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_bin NULL,
  topic          VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  record_key     VARCHAR(1000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  payload        LONGBLOB      NULL,
  edited_payload LONGBLOB      NULL,
  headers        LONGTEXT      CHARACTER SET utf8mb4 NOT NULL,
  subject        VARCHAR(255)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  status         VARCHAR(16)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason         VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  attempts       INT           NOT NULL,
  next_at        DATETIME(6)   NULL,
  acted_at       DATETIME(6)   NULL,
  created_at     DATETIME(6)   NOT NULL,
  updated_at     DATETIME(6)   NOT NULL,
  KEY task_shop (shop_id, id),
  KEY task_due (status, next_at),
  KEY task_acted (status, acted_at),
  KEY task_subject (subject, id)
) ENGINE = InnoDB;

-- Each time that work failed; the record's place in Kafka makes a redelivered dead letter known again.
CREATE TABLE failure (
  topic         VARCHAR(100)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  partition_no  INT           NOT NULL,
  record_offset BIGINT        NOT NULL,
  task_id       BIGINT        NOT NULL,
  reason        VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  exception     VARCHAR(255)  CHARACTER SET utf8mb4 NOT NULL,
  message       TEXT          CHARACTER SET utf8mb4 NOT NULL,
  failed_at     DATETIME(6)   NOT NULL,
  PRIMARY KEY (topic, partition_no, record_offset),
  KEY failure_task (task_id, failed_at)
) ENGINE = InnoDB;
