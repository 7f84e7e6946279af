-- Installs a user's log, nonces and open session after Redis lost them, if they are still missing.
-- Atomic over the keys of one user. Returns an array of 1 string: filled | warm (somebody was faster) | changed (the
-- user went cold again since the archive was read: what was read may lack something).
local chat = KEYS[1]     -- stream
local nonces = KEYS[2]   -- hash
local session = KEYS[3]  -- hash
local warm = KEYS[4]     -- string: stamp of the history, or what makes the user cold

local user = ARGV[1]
local ttl = ARGV[2]
local coldness = ARGV[3]                  -- what stood in warm before the archive was read; "*" = whatever
local session_fields = tonumber(ARGV[4])  -- how many of the following belong to the session
local first = 5

-- include history
local now = redis.call('GET', warm) or ''
if is_of_now(now) then return {'warm'} end
if coldness ~= '*' and now ~= coldness then return {'changed'} end

redis.call('DEL', chat, nonces, session)
for i = first, first + session_fields - 1, 2 do redis.call('HSET', session, ARGV[i], ARGV[i + 1]) end
for i = first + session_fields, #ARGV, 5 do  -- id, prev, nonce, hash, body
  redis.call('XADD', chat, ARGV[i] .. '-0', 'b', ARGV[i + 4], 'n', ARGV[i + 2], 'p', ARGV[i + 1])
  redis.call('HSET', nonces, ARGV[i + 2], ARGV[i] .. ' ' .. ARGV[i + 3])
end
redis.call('SET', warm, stamp_of_now())
for _, key in ipairs({chat, nonces, session, warm}) do redis.call('PEXPIRE', key, ttl) end
redis.call('PUBLISH', 'cs:all', 'r\n' .. user)
return {'filled'}
