-- Counts a call of one address, exactly, in a window that slides.
-- KEYS[1]  sorted set of the address: member = time in microseconds and a counter, score = time in microseconds
-- ARGV[1]  calls allowed in the window
-- ARGV[2]  length of the window in milliseconds
-- Returns {allowed 0|1, calls left, milliseconds until one more is allowed (0 if one is now)}.
-- Atomic over the one key, which is gone a window after the last counted call. A refused call is not counted.
local key = KEYS[1]
local limit = tonumber(ARGV[1])
local window = tonumber(ARGV[2]) * 1000

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
local taken = redis.call('ZCARD', key)

local allowed = 0
if taken < limit then
    local member = string.format('%.0f', now)
    local copy = 0
    while redis.call('ZADD', key, 'NX', now, member .. '-' .. copy) == 0 do
        copy = copy + 1
    end
    redis.call('PEXPIRE', key, ARGV[2])
    taken = taken + 1
    allowed = 1
end

local wait = 0
if taken >= limit then
    local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
    wait = math.max(1, math.ceil((tonumber(oldest[2]) + window - now) / 1000))
end
return {allowed, limit - taken, wait}
