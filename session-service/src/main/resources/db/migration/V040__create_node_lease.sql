-- The node numbers of this service's ids (NodeLease).
CREATE TABLE node_lease (
  node       INT          NOT NULL PRIMARY KEY,
  holder     VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  until_at   DATETIME(6)  NOT NULL,
  used_until BIGINT       NOT NULL,
  KEY node_lease_free (used_until, node)
) ENGINE = InnoDB;

INSERT INTO node_lease (node, holder, until_at, used_until)
WITH RECURSIVE numbers (node) AS (
  SELECT 0
  UNION ALL
  SELECT node + 1 FROM numbers WHERE node < 255
)
SELECT node, '', '2000-01-01 00:00:00', 0 FROM numbers;
