-- Writes the open session of one user, only upward: a session of a later turn, or a higher ownership number of the
-- same one.
-- Atomic over the keys of one user, safe to run twice. Returns an array of 1 string: written | older | cold.
local session = KEYS[1]  -- hash: sid, last (the turn), owner, number, holder, ends, locale, order_id, was:<agent>,
                         -- unanswered; epoch, moved, settled, hollow, erased are of the log and stay
local warm = KEYS[2]     -- string: stamp of the history that was filled

local sid = ARGV[1]
local turn = ARGV[2]     -- orders the sessions of a user: the id, unless it was taken over from a guest
local owner = ARGV[3]    -- "closed" leaves no session open
local number = ARGV[4]
local ttl = ARGV[5]      -- then pairs of field and value

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold'} end

local last = redis.call('HMGET', session, 'last', 'number', 'holder')
if last[1] and last[1] ~= '' then
  if above(last[1], turn) then return {'older'} end
  if last[1] == turn and above(last[2] or '0', number) then return {'older'} end
end
if last[1] ~= turn then
  local of_log, kept = {'epoch', 'moved', 'settled', 'hollow', 'erased'}, {}
  for i, value in ipairs(redis.call('HMGET', session, unpack(of_log))) do
    if value then
      kept[#kept + 1] = of_log[i]
      kept[#kept + 1] = value
    end
  end
  redis.call('DEL', session)
  if #kept > 0 then redis.call('HSET', session, unpack(kept)) end
elseif last[2] ~= number then
  -- Whoever held it may keep as a draft what comes too late; whoever holds it from now on owes an answer.
  if last[3] and last[3] ~= '' then redis.call('HSET', session, 'was:' .. last[3], last[2]) end
  redis.call('HDEL', session, 'unanswered')
  if owner == 'agent' then
    local time = redis.call('TIME')
    local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    redis.call('HSET', session, 'unanswered', string.format('%.0f', now))
  end
end
redis.call('HSET', session, 'sid', owner == 'closed' and 'none' or sid, 'last', turn, 'owner', owner, 'number', number)
for i = 6, #ARGV, 2 do redis.call('HSET', session, ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', session, ttl)
return {'written'}
