-- Tells whether the bot may still act on a question: the session is as it was asked in, and it has no outcome yet.
-- Reads the keys of one user, changes nothing.
-- Returns a number: 1 it may, 0 it may not any more, 2 the log became part of another user's, where it stands now,
-- -1 the log was not filled since this Redis started.
local nonces = KEYS[1]   -- hash: nonce field -> what stands under it
local session = KEYS[2]  -- hash: sid ("none" if no session is open), owner, number, ends and others
local warm = KEYS[3]     -- string: stamp of the history that was filled

local outcome = ARGV[1]  -- the nonce field of the question's outcome
local sid = ARGV[2]
local number = ARGV[3]

-- include history
if not is_of_now(redis.call('GET', warm)) then return -1 end
if redis.call('HEXISTS', nonces, outcome) == 1 then return 0 end
local open = redis.call('HMGET', session, 'sid', 'owner', 'number', 'ends', 'moved')
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if open[5] then return 2 end
local same = sid ~= 'none' and open[1] == sid and open[2] == 'bot' and open[3] == number
if not same or now >= tonumber(open[4] or '0') then return 0 end
return 1
