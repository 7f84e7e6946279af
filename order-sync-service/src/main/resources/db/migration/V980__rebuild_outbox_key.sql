-- Widening record_key and replacing its key in one statement left MariaDB an index in which no equality finds a row.
ALTER TABLE outbox DROP KEY outbox_key;
ALTER TABLE outbox ADD KEY outbox_key (record_key(255), sent_at);
