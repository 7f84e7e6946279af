-- Makes a user cold on purpose, so that the next use fills the log again from all that is the user's now. What the
-- stream holds stays for that refill.
-- Atomic over the keys of one user, safe to run twice. Returns an array of 1 string: cold.
local warm = KEYS[1]    -- string: <stamp> | cold:<stamp>:<token> (the stream is whole) | lost:<token>
local dialog = KEYS[2]  -- hash: state, question

local token = ARGV[1]     -- never used before: a refill that began earlier does not fit any more
local ttl = ARGV[2]
local state = ARGV[3]     -- a dialog to go on with, "" = none
local question = ARGV[4]  -- the question that moved it, "" = none

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

-- include history
local now = redis.call('GET', warm) or ''
local whole = is_of_now(now) or is_of_now(string.match(now, '^cold:(%w+:%w+):'))
redis.call('SET', warm, (whole and ('cold:' .. stamp_of_now() .. ':') or 'lost:') .. token, 'PX', ttl)

if question ~= '' then
  local handled = redis.call('HGET', dialog, 'question')
  if not handled or above(question, handled) then
    redis.call('DEL', dialog)
    redis.call('HSET', dialog, 'question', question)
    if state ~= '' then redis.call('HSET', dialog, 'state', state) end
    redis.call('PEXPIRE', dialog, ttl)
  end
end
return {'cold'}
