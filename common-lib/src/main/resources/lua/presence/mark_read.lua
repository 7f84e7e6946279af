-- Remembers how far one device of a user has read, only upward, and tells the nodes that hold the user's connections.
-- Nobody can have read what is not there: what lies beyond the log's end is taken for its end, and of an empty log
-- nothing is told. Atomic over the keys of one user, safe to run twice. Returns the number of nodes that were told.
local online = KEYS[1]  -- hash: connection -> node|device|seen
local read = KEYS[2]    -- hash: device -> sid, space, id of the newest message read
local chat = KEYS[3]    -- stream

local device = ARGV[1]
local sid = ARGV[2]
local up_to = ARGV[3]
local ttl = ARGV[4]
local address = ARGV[5] -- what stands before the frame on its way to a node
local frame = ARGV[6]   -- JSON that tells of it, with up_to
local presence_age = tonumber(ARGV[7])

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

local newest = redis.call('XREVRANGE', chat, '+', '-', 'COUNT', 1)
local last = newest[1] and string.match(newest[1][1], '^%d+') or '0'
if last == '0' then return 0 end
if above(up_to, last) then
  up_to = last
  frame = string.gsub(frame, '"up_to":"%d+"', '"up_to":"' .. last .. '"', 1)
end
local known = string.match(redis.call('HGET', read, device) or '', ' (%d+)$') or '0'
if above(up_to, known) then
  redis.call('HSET', read, device, sid .. ' ' .. up_to)
  redis.call('PEXPIRE', read, ttl)
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local nodes, count = {}, 0
for _, entry in ipairs(redis.call('HVALS', online)) do
  local node, seen = string.match(entry, '^([^|]*)|[^|]*|(%d+)$')
  if node and now - tonumber(seen) <= presence_age and not nodes[node] then
    nodes[node] = true
    count = count + 1
    redis.call('PUBLISH', 'cs:node:' .. node, address .. frame)
  end
end
return count
