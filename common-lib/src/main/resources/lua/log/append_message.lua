-- Appends one message to the log of one user and publishes it to the nodes that hold the user's connections.
-- Atomic over the keys of one user, which share a slot. Safe to run twice: the nonce makes the second run a read.
-- Returns an array of 8 strings: status, id, prev, body, owner, number, locale, order_id.
--   ok         stored now; a ninth string is the ownership number if it is a question, "" else
--   duplicate  this nonce stored the same content before: the stored message, with the ninth string of that time
--   conflict   this nonce stored other content before
--   cold       the log was not filled since this Redis started: nothing was changed
--   closed     the session is not the user's open one, or is past its end
--   forbidden  an agent who never held the session
--   limited    over the limit; the second value is the wait in milliseconds
--   refused    it holds words that are refused and was not stored before; it counts against the limit
--   fenced     the ownership number is stale: what was said became a draft. Of the bot: the notice that stands in for
--              the reply (id, prev, body)
--   moved      this log became part of another user's (id: whose, prev: "1" once all of it stands there)
--   erased     the answered question is none any more: it was erased with its user, or Redis lost it before it was
--              durable, and whoever asked it asks again
local chat = KEYS[1]     -- stream: <id>-0 -> b body, n nonce field, p id before it
local nonces = KEYS[2]   -- hash: <role>:<sender>:<nonce> -> "<id> <content hash>", of a question "<id> <content hash>?<number>":
                         -- what was said while the bot owned the session stays a question, whoever owns it later
local session = KEYS[3]  -- hash: sid ("none" if no session is open), owner, number, holder, ends, locale, order_id,
                         -- was:<agent> for each who held it, unanswered: since when the holder owes an answer, ms,
                         -- moved and settled (whose log this became, see mark_moved), erased (up to which id)
local online = KEYS[4]   -- hash: connection -> node|device|seen
local warm = KEYS[5]     -- string: stamp of the history that was filled
local dialog = KEYS[6]   -- hash: state, question
local rate = KEYS[7]     -- list: times of the last messages, ms, newest first
local drafts = KEYS[8]   -- list: "<id> <nonce field>\n<body>" of what a stale number refused, newest first

local proposed = ARGV[1]
local nonce = ARGV[2]
local hash = ARGV[3]
local body = ARGV[4]
local sid = ARGV[5]            -- "" = said in no session
local role = ARGV[6]
local sender = ARGV[7]
local number = ARGV[8]         -- "" = not fenced
local limit = tonumber(ARGV[9])  -- 0 = no limit
local window = tonumber(ARGV[10])
local keep = tonumber(ARGV[11])
local past = ARGV[12]          -- what has an id up to this one is past its time
local ttl = ARGV[13]
local presence_age = tonumber(ARGV[14])
local session_life = tonumber(ARGV[15])
local user = ARGV[16]
local notice_handed_off = ARGV[17]
local notice_closed = ARGV[18]
local dialog_state = ARGV[19]  -- "" = leave, "-" = drop
local question = ARGV[20]      -- id of the question that this replies to, "" = none
local server_made = ARGV[21]   -- "1" = the nonce was made here and never conflicts
local drafts_kept = tonumber(ARGV[22])
local refused = ARGV[23]       -- "1" = not to be stored, unless it was before

local function above(a, b)
  if #a ~= #b then return #a > #b end
  return a > b
end

-- 64-bit numbers do not fit a Lua number: one is added digit by digit.
local function next_after(id)
  local digits, carry = {}, 1
  for i = #id, 1, -1 do
    local d = string.byte(id, i) - 48 + carry
    carry = d > 9 and 1 or 0
    digits[i] = string.char(48 + d % 10)
  end
  return (carry == 1 and '1' or '') .. table.concat(digits)
end

local function id_of(entry) return string.match(entry[1], '^%d+') end

local function fields_of(entry)
  local map = {}
  for i = 1, #entry[2], 2 do map[entry[2][i]] = entry[2][i + 1] end
  return map
end

-- include history
if not is_of_now(redis.call('GET', warm)) then return {'cold', '', '', '', '', '', '', ''} end

local known = redis.call('HGET', nonces, nonce)
local state = redis.call('HMGET', session, 'sid', 'owner', 'number', 'holder', 'ends', 'locale', 'order_id',
  'moved', 'settled', 'erased')
local owner, current = state[2] or '', state[3] or ''
local locale, order_id = state[6] or '', state[7] or ''

if known then
  local id, stored_hash, asked = string.match(known, '^(%d+) ([^?]*)%??(.*)$')
  if stored_hash ~= hash and server_made ~= '1' then return {'conflict', id, '', '', '', '', '', ''} end
  local found = redis.call('XRANGE', chat, id .. '-0', id .. '-0')
  local prev, stored = '0', ''
  if found[1] then
    local map = fields_of(found[1])
    prev, stored = map.p, map.b
  end
  return {'duplicate', id, prev, stored, owner, current, locale, order_id, asked}
end

if state[8] then return {'moved', state[8], state[9] or '0', '', '', '', '', ''} end
if state[10] and question ~= '' and not above(question, state[10]) then
  return {'erased', '', '', '', '', '', '', ''}
end

local newest = redis.call('XREVRANGE', chat, '+', '-', 'COUNT', 1)
local prev = newest[1] and id_of(newest[1]) or '0'

-- Whatever is younger than the oldest stands here, unless a refill missed it. Most questions are the newest.
if role == 'bot' and question ~= '' and question ~= prev
  and not redis.call('XRANGE', chat, question .. '-0', question .. '-0')[1] then
  local oldest = redis.call('XRANGE', chat, '-', '+', 'COUNT', 1)
  if oldest[1] and above(question, id_of(oldest[1])) then return {'erased', '', '', '', '', '', '', ''} end
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

-- Keeps what may not be said, once for each nonce, a bounded number.
local function keep_draft()
  local head = ' ' .. nonce .. '\n'
  for _, kept in ipairs(redis.call('LRANGE', drafts, 0, -1)) do
    if string.find(kept, head, 1, true) then return end
  end
  redis.call('LPUSH', drafts, proposed .. head .. body)
  redis.call('LTRIM', drafts, 0, drafts_kept - 1)
  redis.call('PEXPIRE', drafts, ttl)
end

local fenced = false
if sid ~= '' then
  -- What stands there while no session is open is nobody's session.
  local open = sid ~= 'none' and state[1] == sid and now < tonumber(state[5] or '0')
  if role == 'bot' then
    if not open then
      fenced = notice_closed
    elseif owner ~= 'bot' or (number ~= '' and number ~= current) then
      fenced = notice_handed_off
    end
  elseif role ~= 'system' then
    if not open then return {'closed', '', '', '', '', '', '', ''} end
    local holds = role ~= 'agent' or (owner == 'agent' and state[4] == sender)
    if not holds and redis.call('HEXISTS', session, 'was:' .. sender) == 0 then
      return {'forbidden', '', '', '', '', '', '', ''}
    end
    if not holds or (number ~= '' and number ~= current) then
      keep_draft()
      return {'fenced', '', '', '', owner, current, '', ''}
    end
  end
end

if limit > 0 then
  local first = redis.call('LINDEX', rate, limit - 1)
  if first and now - tonumber(first) < window then
    return {'limited', tostring(window - (now - tonumber(first))), '', '', '', '', '', ''}
  end
  if redis.call('LPUSH', rate, now) > limit then redis.call('LTRIM', rate, 0, limit - 1) end
  redis.call('PEXPIRE', rate, window)
end

if refused == '1' then return {'refused', '', '', '', '', '', '', ''} end

local status = 'ok'
local draft = body
if fenced then
  keep_draft()
  if fenced == '' then return {'fenced', '', '', '', owner, current, '', ''} end
  status = 'fenced'
  body = fenced
end

local id = above(proposed, prev) and proposed or next_after(prev)
redis.call('XADD', chat, id .. '-0', 'b', body, 'n', nonce, 'p', prev)
local asked = sid ~= '' and role == 'user' and owner == 'bot' and current or ''
redis.call('HSET', nonces, nonce, id .. ' ' .. hash .. (asked == '' and '' or '?' .. asked))

-- Trims by count and by age, a bounded step each time; a nonce goes with its message.
local function forget(entries)
  for _, entry in ipairs(entries) do
    if id_of(entry) == id then return end
    redis.call('HDEL', nonces, fields_of(entry).n)
    redis.call('XDEL', chat, entry[1])
  end
end
local surplus = redis.call('XLEN', chat) - keep
if surplus > 0 then forget(redis.call('XRANGE', chat, '-', '+', 'COUNT', surplus)) end
forget(redis.call('XRANGE', chat, '-', past .. '-0', 'COUNT', 8))

if status == 'ok' and question ~= '' and dialog_state ~= '' then
  local handled = redis.call('HGET', dialog, 'question')
  if not handled or above(question, handled) then
    if dialog_state == '-' then
      redis.call('HDEL', dialog, 'state')
      redis.call('HSET', dialog, 'question', question)
    else
      redis.call('HSET', dialog, 'state', dialog_state, 'question', question)
    end
    redis.call('PEXPIRE', dialog, ttl)
  end
end

if sid ~= '' and role ~= 'system' and state[1] == sid and status == 'ok' then
  redis.call('HSET', session, 'ends', string.format('%.0f', now + session_life))
  if owner == 'agent' then
    if role == 'agent' then
      redis.call('HDEL', session, 'unanswered')
    else
      redis.call('HSETNX', session, 'unanswered', string.format('%.0f', now))
    end
  end
end

-- They end together, and what is warm never outlives the log: all are renewed once a hundredth of their time is gone.
if prev == '0' or redis.call('PTTL', warm) < tonumber(ttl) * 0.99 then
  for _, key in ipairs({warm, chat, nonces, session, dialog, online}) do redis.call('PEXPIRE', key, ttl) end
end

local nodes, seen_nodes = redis.call('HGETALL', online), {}
for i = 1, #nodes, 2 do
  local node, seen = string.match(nodes[i + 1], '^([^|]*)|[^|]*|(%d+)$')
  if not node or now - tonumber(seen) > presence_age then
    redis.call('HDEL', online, nodes[i])
  elseif not seen_nodes[node] then
    seen_nodes[node] = true
    redis.call('PUBLISH', 'cs:node:' .. node, 'm\n' .. user .. '\n' .. id .. '\n' .. prev .. '\n' .. body)
    if status == 'fenced' and owner == 'agent' then
      redis.call('PUBLISH', 'cs:node:' .. node, 'd\n' .. user .. '\n' .. state[4] .. '\n' .. draft)
    end
  end
end

return {status, id, prev, body, owner, current, locale, order_id, asked}
