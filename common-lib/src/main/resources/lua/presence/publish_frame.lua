-- Publishes one frame to the nodes that hold a user's connections, if it belongs to no session or its session still has
-- the ownership it was made under; it is stored nowhere.
-- Reads the keys of one user. Returns the number of nodes, -1 if the session changed hands.
local online = KEYS[1]   -- hash: connection -> node|device|seen
local session = KEYS[2]  -- hash: sid ("none" if no session is open), number and others

local payload = ARGV[1]
local presence_age = tonumber(ARGV[2])
local sid = ARGV[3]     -- empty: of no session
local number = ARGV[4]

if sid ~= '' then
  local open = redis.call('HMGET', session, 'sid', 'number')
  if sid == 'none' or open[1] ~= sid or open[2] ~= number then return -1 end
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local entries, nodes, count = redis.call('HVALS', online), {}, 0
for _, entry in ipairs(entries) do
  local node, seen = string.match(entry, '^([^|]*)|[^|]*|(%d+)$')
  if node and now - tonumber(seen) <= presence_age and not nodes[node] then
    nodes[node] = true
    count = count + 1
    redis.call('PUBLISH', 'cs:node:' .. node, payload)
  end
end
return count
