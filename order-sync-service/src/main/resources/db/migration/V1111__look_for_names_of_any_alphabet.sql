-- Names that callers look for: beside a column of ASCII, MariaDB refuses to compare any other letter. Copied, so that every
-- key is built anew.
ALTER TABLE coupon_template MODIFY id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
ALTER TABLE order_source
  MODIFY name VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  MODIFY events_id VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ALGORITHM = COPY;
ALTER TABLE source_note MODIFY source VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
