-- Whether an entry answers, how often it was changed, and how often it has answered.
ALTER TABLE faq
  ADD COLUMN enabled     BOOLEAN     NOT NULL DEFAULT TRUE,
  ADD COLUMN version     INT         NOT NULL DEFAULT 1,
  ADD COLUMN hits        BIGINT      NOT NULL DEFAULT 0,
  ADD COLUMN last_hit_at DATETIME(3) NULL;
