-- Publishes one frame to the nodes that hold a user's connections; it is stored nowhere.
-- Reads one key. Returns the number of nodes.
local online = KEYS[1]  -- hash: connection -> node|device|seen

local payload = ARGV[1]
local presence_age = tonumber(ARGV[2])

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
