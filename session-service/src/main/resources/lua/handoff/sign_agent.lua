-- Notes a sign of life of one agent. Atomic over one key, safe to run twice.
-- Returns an array of 1 string: what stands there now, <seen ms>|<1 connected, 0 not>|<name>.
local agents = KEYS[1]  -- hash: agent -> <seen ms>|<1 connected, 0 not>|<name>

local agent = ARGV[1]
local sign = ARGV[2]    -- here: over a connection; call: by a call; left: no connection any more; first: only if unknown
local name = ARGV[3]    -- "" = as known
local ttl = ARGV[4]

local known = redis.call('HGET', agents, agent)
if sign == 'first' and known then return {known} end

local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local here, shown = '0', ''
if known then here, shown = string.match(known, '^%d+|([01])|(.*)$') end
if sign == 'here' then here = '1' end
if sign == 'left' or sign == 'first' then here = '0' end
if name ~= '' then shown = name end
local value = now .. '|' .. here .. '|' .. shown
redis.call('HSET', agents, agent, value)
redis.call('PEXPIRE', agents, ttl)
return {value}
