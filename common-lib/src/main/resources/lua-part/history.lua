-- Which history of which Redis this is, so that data of another one is not taken for all that was written.
--
-- A stamp is <run_id>:<master_replid>. A master draws its replication id itself, at its start and when it is promoted,
-- and only a replica takes over another's: a master that still has the id of a stamp is in the same run and history.
-- Within one run it gets another one when it was demoted and promoted again, with data that may lack what it had; the
-- id that it followed stands in master_replid2 from then on. It also gets another one when its first replica attaches,
-- or when the last has been gone for repl-backlog-ttl, but then master_replid2 is all zeros, and nothing was lost.
local replication = redis.call('INFO', 'replication')

local function told(info, name)
  local _, before = string.find(info, name .. ':', 1, true)
  return string.sub(info, before + 1, before + 40)  -- each id is that long
end

local function run_id() return told(redis.call('INFO', 'server'), 'run_id') end

local function stamp_of_now() return run_id() .. ':' .. told(replication, 'master_replid') end

local function is_of_now(stamp)
  if not stamp or not string.find(replication, 'role:master', 1, true) then return false end
  if string.sub(stamp, 42) == told(replication, 'master_replid') then return true end
  return string.sub(stamp, 1, 40) == run_id() and not string.find(told(replication, 'master_replid2'), '[^0]')
end
