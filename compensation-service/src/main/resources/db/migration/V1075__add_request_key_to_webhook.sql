-- By what a shop named the call that made an endpoint, hashed: the same call again gets the same answer.
ALTER TABLE webhook ADD COLUMN IF NOT EXISTS request_key BINARY(32) NULL;
