-- Reads the log of one user before an id. Changes nothing.
-- Returns an array of strings: status (ok | cold), then id, prev, body of each message, newest first.
local chat = KEYS[1]   -- stream: <id>-0 -> b, n, p
local warm = KEYS[2]   -- string: stamp of the history that was filled

local before = ARGV[1]
local limit = ARGV[2]

local function fields_of(entry)
  local map = {}
  for i = 1, #entry[2], 2 do map[entry[2][i]] = entry[2][i + 1] end
  return map
end

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold'} end

local out = {'ok'}
for _, entry in ipairs(redis.call('XREVRANGE', chat, '(' .. before .. '-0', '-', 'COUNT', limit)) do
  local map = fields_of(entry)
  out[#out + 1] = string.match(entry[1], '^%d+')
  out[#out + 1] = map.p
  out[#out + 1] = map.b
end
return out
