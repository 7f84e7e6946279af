-- Takes tokens of a shop's budget for a day, or gives some back.
-- Atomic over one key; not repeatable: run twice it takes twice. Returns what is spent, -1 if not so many are left.
local spent = KEYS[1]  -- string: tokens

local tokens = tonumber(ARGV[1])  -- below zero gives back
local most = tonumber(ARGV[2])
local ttl = ARGV[3]

local before = tonumber(redis.call('GET', spent) or '0')
if tokens > 0 and before + tokens > most then return -1 end
local after = math.max(0, before + tokens)
redis.call('SET', spent, string.format('%.0f', after), 'PX', ttl)
return after
