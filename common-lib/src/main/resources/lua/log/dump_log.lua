-- Reads all that the stream of one user holds, with its nonces, for a refill: of a user who was made cold on purpose,
-- or of a guest whose log has moved. Changes nothing.
-- Returns an array of strings: status (whole | lost: what stands here is not all that was appended), then id, nonce,
-- hash, body of each message, oldest first.
local chat = KEYS[1]     -- stream
local nonces = KEYS[2]   -- hash
local session = KEYS[3]  -- hash: hollow
local warm = KEYS[4]     -- string: <stamp> | cold:<stamp>:<token>

-- include history
local now = redis.call('GET', warm) or ''
local whole = is_of_now(now) or is_of_now(string.match(now, '^cold:(%w+:%w+):'))
if not whole or redis.call('HEXISTS', session, 'hollow') == 1 then return {'lost'} end

local out = {'whole'}
for _, entry in ipairs(redis.call('XRANGE', chat, '-', '+')) do
  local map = {}
  for i = 1, #entry[2], 2 do map[entry[2][i]] = entry[2][i + 1] end
  local id, hash = string.match(entry[1], '^%d+'), ''
  local known = redis.call('HGET', nonces, map.n)
  if known then
    local named, stored = string.match(known, '^(%d+) (.*)$')
    if named == id then hash = stored end
  end
  out[#out + 1] = id
  out[#out + 1] = map.n
  out[#out + 1] = hash
  out[#out + 1] = map.b
end
return out
