-- Which history of which Redis this is, so that data of another one is not taken for all that was written.
--
-- A stamp is <run_id>:<master_replid>. Another run: restarted, or another server. Within one run a master gets another
-- replication id when it was demoted and promoted again, with data that may lack what it had; the id that it followed
-- stands in master_replid2 from then on. It also gets another one when its first replica attaches, or when the last has
-- been gone for repl-backlog-ttl, but then master_replid2 is all zeros, and nothing was lost.
local run_id = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')

local function replication_ids()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+).-master_replid2:(%w+)')
end

local function stamp_of_now()
  local replid = replication_ids()
  return run_id .. ':' .. replid
end

local function is_of_now(stamp)
  local run, replid = string.match(stamp or '', '^(%w+):(%w+)$')
  if run ~= run_id then return false end
  local now, before = replication_ids()
  return replid == now or not string.find(before, '[^0]')
end
