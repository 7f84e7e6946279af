-- Finished tasks by when they ended; deleted after a while, see io.xiaoer.compensation.retention.
ALTER TABLE task ADD KEY task_age (status, updated_at);
