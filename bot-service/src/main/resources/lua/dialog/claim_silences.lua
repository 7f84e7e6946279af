-- Claims shoppers who have been silent for as long as their dialog waits: they are due again later, unless whoever claims
-- them settles them first. Atomic over one key. Returns an array: the tags of the users, the longest due first.
local silences = KEYS[1]  -- sorted set: tag of a user -> when their silence is broken, ms

local now = ARGV[1]
local again = ARGV[2]  -- when they are due if the one who claims them dies
local most = ARGV[3]

local due = redis.call('ZRANGEBYSCORE', silences, '-inf', now, 'LIMIT', 0, most)
for _, user in ipairs(due) do redis.call('ZADD', silences, again, user) end
return due
