-- Publishes an announcement to every node, unless its key did so before. Atomic over the one key.
-- Returns an array of 2 strings: published | known (the same was published before) | other (something else was), and
-- the stored answer.
local key = KEYS[1]      -- string: <fingerprint> <answer>; expires a day later

local fingerprint = ARGV[1]
local answer = ARGV[2]
local ttl = ARGV[3]
local channel = ARGV[4]
local payload = ARGV[5]

local kept = redis.call('GET', key)
if kept then
  local of, stored = string.match(kept, '^(%S+) (.*)$')
  return {of == fingerprint and 'known' or 'other', stored}
end
redis.call('SET', key, fingerprint .. ' ' .. answer, 'PX', ttl)
redis.call('PUBLISH', channel, payload)
return {'published', answer}
