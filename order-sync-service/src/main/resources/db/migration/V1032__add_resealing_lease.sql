INSERT IGNORE INTO outbox_lease (name, holder, until_at) VALUES ('resealing', 'nobody', '2000-01-01 00:00:00');
