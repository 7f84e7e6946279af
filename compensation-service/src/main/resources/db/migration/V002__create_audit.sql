-- Who did what to a task, and when. Rows are only added.
CREATE TABLE audit (
  id      BIGINT       NOT NULL PRIMARY KEY,
  task_id BIGINT       NOT NULL,
  actor   VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  action  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail  VARCHAR(500) CHARACTER SET utf8mb4 NOT NULL,
  done_at DATETIME(6)  NOT NULL,
  KEY audit_task (task_id, id)
) ENGINE = InnoDB;
