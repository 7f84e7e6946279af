-- Removes a claimed shopper, unless their dialog has moved since and waits anew. Atomic over one key, safe to run twice.
-- Returns a number: 1 if it was removed.
local silences = KEYS[1]  -- sorted set: tag of a user -> when their silence is broken, ms

local user = ARGV[1]
local again = ARGV[2]  -- the time that the claim had set

local score = redis.call('ZSCORE', silences, user)
if not score or tonumber(score) ~= tonumber(again) then return 0 end
return redis.call('ZREM', silences, user)
