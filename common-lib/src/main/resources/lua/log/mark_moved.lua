-- Marks the log of a guest as moved: it became part of a user's. Nothing is appended to it any more; what was appended
-- stays readable for the user's refill until the mark is settled, and then goes.
-- Atomic over the keys of one guest, safe to run twice. Returns an array of 2 strings: the running dialog's state and
-- the question that moved it, both "" if there is none.
local chat = KEYS[1]     -- stream
local nonces = KEYS[2]   -- hash
local session = KEYS[3]  -- hash: sid, moved (whose log it became), settled, hollow (the stream was lost before)
local warm = KEYS[4]     -- string: stamp of the history that was filled
local dialog = KEYS[5]   -- hash: state, question
local drafts = KEYS[6]   -- list
local online = KEYS[7]   -- hash of connections, which are told and leave
local read = KEYS[8]     -- hash of read cursors

local guest = ARGV[1]
local user = ARGV[2]
local settled = ARGV[3]  -- "1" = all of it stands in the user's log
local ttl = ARGV[4]

-- include history
if not is_of_now(redis.call('GET', warm)) then
  redis.call('DEL', chat, nonces, session, dialog)
  redis.call('HSET', session, 'hollow', '1')
  redis.call('SET', warm, stamp_of_now())
end
local moving = redis.call('HMGET', dialog, 'state', 'question')
redis.call('HSET', session, 'sid', 'none', 'moved', user)
if settled == '1' then
  redis.call('HSET', session, 'settled', '1')
  redis.call('DEL', chat, nonces, dialog, drafts, read)
end
for _, key in ipairs({chat, nonces, session, warm, dialog, online}) do redis.call('PEXPIRE', key, ttl) end
redis.call('PUBLISH', 'cs:all', 'r\n' .. guest)
return {moving[1] or '', moving[2] or ''}
