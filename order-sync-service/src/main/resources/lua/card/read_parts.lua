-- Reads all that is kept of a shopper's cards, with the lease under which more of them may be kept.
--
-- Keys:    1 hash of the shopper's parts
-- Arguments: 1 lease to give if there is none, 2 milliseconds that all parts live from then on
-- Returns: an array of texts, names and values in turn: the lease under '#', then each part
-- Atomic over the one key, which expires as a whole.

local cards = KEYS[1]
local offered = ARGV[1]
local ttl = ARGV[2]

local found = redis.call('HGETALL', cards)
if #found == 0 then
  redis.call('HSET', cards, '#', offered)
  redis.call('PEXPIRE', cards, ttl)
  return {'#', offered}
end
return found
