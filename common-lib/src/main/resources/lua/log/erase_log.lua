-- Erases all that Redis holds of one user and tells every node to end the user's connections, unless something stands
-- there that is newer than the caller has noted: what is in Redis alone is told by Redis alone.
-- Atomic over the keys of one user, safe to run twice. Returns an array of 1 string: the newest id that stood there,
-- "0" if none did; if it is above the noted one, nothing was erased.
local chat = KEYS[1]
local nonces = KEYS[2]
local session = KEYS[3]
local online = KEYS[4]
local warm = KEYS[5]
local dialog = KEYS[6]
local rate = KEYS[7]
local drafts = KEYS[8]
local read = KEYS[9]
local writes = KEYS[10]

local user = ARGV[1]
local token = ARGV[2]  -- never used before: a refill that began earlier does not fit any more
local hold = ARGV[3]   -- how long the token stays: longer than a refill takes
local noted = ARGV[4]  -- up to which id the caller keeps anything from coming back

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

local newest = redis.call('XREVRANGE', chat, '+', '-', 'COUNT', 1)
local last = newest[1] and string.match(newest[1][1], '^%d+') or '0'
if above(last, noted) then return {last} end
redis.call('DEL', chat, nonces, session, online, dialog, rate, drafts, read, writes)
redis.call('SET', warm, 'lost:' .. token, 'PX', hold)
redis.call('PUBLISH', 'cs:all', 'c\n' .. user)
return {last}
