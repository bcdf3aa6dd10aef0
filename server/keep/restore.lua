-- Lay entries of a backup down where there are none, with the times they had; sent twice it lays them down once.
-- KEYS  log, ids, deadline of the game; deadlines, games of its bucket.
-- ARGV  game, version before the first entry, due ('none' or ms), clock order id, last ('yes' or 'no'), then (id, digest, at, body) an entry.
-- Reply 1, or 0 if the log holds something else.  Only the last part makes the game known and moves its clock.
local log, ids, deadline, deadlines, games = unpack(KEYS)
local game, before, due, clock, last = unpack(ARGV, 1, 5)
local version, count = tonumber(before), (#ARGV - 5) / 4
local length = redis.call('XLEN', log)
if length ~= version and length < version + count then return 0 end
if last == 'yes' and length > version + count then return 0 end -- it was played on
for i = 6, #ARGV, 4 do
  version = version + 1
  local known = version .. ' ' .. ARGV[i + 1]
  if length >= version then
    if redis.call('HGET', ids, ARGV[i]) ~= known then return 0 end
  else
    redis.call('XADD', log, version .. '-0', 'id', ARGV[i], 'digest', ARGV[i + 1], 'at', ARGV[i + 2], 'body', ARGV[i + 3])
    redis.call('HSET', ids, ARGV[i], known)
  end
end
if last == 'yes' then
  redis.call('SADD', games, game)
  if due ~= 'none' then
    redis.call('SET', deadline, due .. ' ' .. clock)
    redis.call('ZADD', deadlines, due, game)
  end
end
return 1
