-- Takes a write into a day's count of one user, once for each key. Atomic over one key, safe to run twice.
-- Returns a number: 1 if the write may be done, 0 if there were as many as may be.
local writes = KEYS[1]  -- set: the keys of the writes

local key = ARGV[1]
local most = tonumber(ARGV[2])
local ttl = ARGV[3]

if redis.call('SISMEMBER', writes, key) == 1 then return 1 end
if redis.call('SCARD', writes) >= most then return 0 end
redis.call('SADD', writes, key)
redis.call('PEXPIRE', writes, ttl)
return 1
