-- Keeps parts of a shopper's cards that were read under a lease, unless it is gone: then they may be older than a change.
--
-- Keys:    1 hash of the shopper's parts
-- Arguments: 1 lease, 2 how many parts there may be, 3… name of a part, the part, and so on
-- Returns: how many were kept, the first of them if not all find room; -1 if the lease is gone
-- Atomic over the one key, whose time is not prolonged.

local cards = KEYS[1]
local lease = ARGV[1]
local most = tonumber(ARGV[2])
local parts = (#ARGV - 2) / 2

if redis.call('HGET', cards, '#') ~= lease then
  return -1
end
local fit = math.min(parts, most - (redis.call('HLEN', cards) - 1))
if fit <= 0 then
  return 0
end
redis.call('HSET', cards, unpack(ARGV, 3, 2 + 2 * fit))
return fit
