-- Takes a write into a day's count of one function of one user, once for each key. Atomic over one key, safe to run
-- twice. Returns a number: 1 if the write may be done, 0 if there were as many as may be.
local writes = KEYS[1]  -- set: "<day> <function> <key>"

local day = ARGV[1]
local called = ARGV[2]
local key = ARGV[3]
local most = tonumber(ARGV[4])
local ttl = ARGV[5]

local head = day .. ' ' .. called .. ' '
if redis.call('SISMEMBER', writes, head .. key) == 1 then return 1 end
local count = 0
for _, write in ipairs(redis.call('SMEMBERS', writes)) do
  if string.sub(write, 1, #day) < day then
    redis.call('SREM', writes, write)
  elseif string.sub(write, 1, #head) == head then
    count = count + 1
  end
end
if count >= most then return 0 end
redis.call('SADD', writes, head .. key)
redis.call('PEXPIRE', writes, ttl)
return 1
