-- Enters a connection, a watcher or a waiting long poll of one user, drops those that died, and tells where the log
-- stands at that moment, so that everything after it is pushed. Atomic over the keys of one user, safe to run twice.
-- Returns an array of strings: status (ok | cold | moved: the log became part of another user's, nobody was entered),
-- newest id of the log, its epoch (another one: the log became another, forget what was read), then device and
-- "<sid> <id>" of each cursor.
local online = KEYS[1]  -- hash: connection -> node|device|seen
local chat = KEYS[2]    -- stream
local warm = KEYS[3]    -- string: stamp of the history that was filled
local session = KEYS[4] -- hash: moved, epoch
local read = KEYS[5]    -- hash: device -> sid, space, id of the newest message read

local connection = ARGV[1]
local node = ARGV[2]
local device = ARGV[3]
local ttl = ARGV[4]
local presence_age = tonumber(ARGV[5])

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold', '0', ''} end
local log = redis.call('HMGET', session, 'moved', 'epoch')
if log[1] then return {'moved', '0', ''} end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local entries = redis.call('HGETALL', online)
for i = 1, #entries, 2 do
  local seen = tonumber(string.match(entries[i + 1], '|(%d+)$') or '0')
  if now - seen > presence_age then redis.call('HDEL', online, entries[i]) end
end
redis.call('HSET', online, connection, node .. '|' .. device .. '|' .. string.format('%.0f', now))
redis.call('PEXPIRE', online, ttl)

local newest = redis.call('XREVRANGE', chat, '+', '-', 'COUNT', 1)
local answer = {'ok', newest[1] and string.match(newest[1][1], '^%d+') or '0', log[2] or ''}
for _, value in ipairs(redis.call('HGETALL', read)) do answer[#answer + 1] = value end
return answer
