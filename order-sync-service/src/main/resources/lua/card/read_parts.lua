-- Reads what is kept of a shopper's cards and, if any of it is missing, gives the lease under which that may be kept.
--
-- Keys:    1 hash of the shopper's parts
-- Arguments: 1 lease to give if there is none, 2 milliseconds that all parts live from then on, 3… names of parts
-- Returns: an array of texts: the lease, empty if nothing is missing; then each part, empty if it is not there
-- Atomic over the one key, which expires as a whole.

local cards = KEYS[1]
local offered = ARGV[1]
local ttl = ARGV[2]

local found = redis.call('HMGET', cards, '#', unpack(ARGV, 3))
local answer = {''}
local missing = false
for i = 2, #found do
  answer[i] = found[i] or ''
  missing = missing or not found[i]
end
if missing then
  answer[1] = found[1] or offered
  if not found[1] then
    redis.call('HSET', cards, '#', offered)
    redis.call('PEXPIRE', cards, ttl)
  end
end
return answer
