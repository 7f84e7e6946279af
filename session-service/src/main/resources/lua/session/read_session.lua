-- Reads what is known of the last session of one user. Changes nothing.
-- Returns an array of 3 strings: status (ok | none | cold), sid, end in milliseconds. One past its end is told as well.
local session = KEYS[1]  -- hash: sid ("none" if no session is open), owner, number, ends
local warm = KEYS[2]     -- string: stamp of the history that was filled

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold', '', ''} end

local state = redis.call('HMGET', session, 'sid', 'ends')
if not state[1] or state[1] == 'none' then return {'none', '', ''} end
return {'ok', state[1], state[2] or '0'}
