-- Names that callers look for: beside a column of ASCII, MariaDB refuses to compare any other letter. Copied, so that every
-- key is built anew.
ALTER TABLE faq MODIFY id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
ALTER TABLE faq_version MODIFY id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
ALTER TABLE faq_script MODIFY faq_id VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
ALTER TABLE dialog_flow MODIFY name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
ALTER TABLE dialog_flow_head MODIFY name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, ALGORITHM = COPY;
