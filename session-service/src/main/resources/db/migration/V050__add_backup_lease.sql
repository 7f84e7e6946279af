-- One node at a time backs up or restores.
INSERT INTO outbox_lease (name, holder, until_at) VALUES ('backup', 'nobody', '2000-01-01 00:00:00');
