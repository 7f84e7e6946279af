-- Reads the log of one user after an id. Changes nothing.
-- Returns an array of strings: status (ok | cold), newest id, gap (1 = older messages after that id stand in the
-- archive alone), then id, prev, body, nonce of each message, oldest first.
local chat = KEYS[1]   -- stream: <id>-0 -> b, n, p
local warm = KEYS[2]   -- string: stamp of the history that was filled
local session = KEYS[3] -- hash: moved (this log became part of another user's and reads as empty)

local after = ARGV[1]
local limit = ARGV[2]

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

local function fields_of(entry)
  local map = {}
  for i = 1, #entry[2], 2 do map[entry[2][i]] = entry[2][i + 1] end
  return map
end

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold', '0', '0'} end
if redis.call('HEXISTS', session, 'moved') == 1 then return {'ok', '0', '0'} end

local newest = redis.call('XREVRANGE', chat, '+', '-', 'COUNT', 1)
if not newest[1] then return {'ok', '0', '0'} end
local oldest = redis.call('XRANGE', chat, '-', '+', 'COUNT', 1)
local out = {'ok', string.match(newest[1][1], '^%d+'), above(fields_of(oldest[1]).p, after) and '1' or '0'}
for _, entry in ipairs(redis.call('XRANGE', chat, '(' .. after .. '-0', '+', 'COUNT', limit)) do
  local map = fields_of(entry)
  out[#out + 1] = string.match(entry[1], '^%d+')
  out[#out + 1] = map.p
  out[#out + 1] = map.b
  out[#out + 1] = map.n
end
return out
