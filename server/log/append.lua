-- The one way into the log: know the ids, check the version, store, move the clock; all or nothing.
-- KEYS  log, ids, deadline of the game; deadlines, games of its bucket (one hash tag, so one slot).
-- ARGV  game, expected version, due ('keep', 'none' or ms), clock order id, then (id, digest, body) an entry.
-- Reply {'REUSED', id} | {'SEEN', id, version, ...} | {'CONFLICT', version} | {'OK', version, ms}.
-- Nothing is written before the last check, and the explicit stream ids are a second guard: XADD refuses a version that is taken.
local log, ids, deadline, deadlines, games = unpack(KEYS)
local game, expected, due, clock = unpack(ARGV, 1, 4)

local seen = {'SEEN'}
for i = 5, #ARGV, 3 do
  local known = redis.call('HGET', ids, ARGV[i])
  if known then
    local version, digest = string.match(known, '^(%d+) (%x+)$')
    if digest ~= ARGV[i + 1] then return {'REUSED', ARGV[i]} end
    table.insert(seen, ARGV[i])
    table.insert(seen, version)
  end
end
if #seen > 1 then return seen end

local version = redis.call('XLEN', log)
if version ~= tonumber(expected) then return {'CONFLICT', version} end

local time = redis.call('TIME')
local at = time[1] * 1000 + math.floor(time[2] / 1000)
local known = {}
for i = 5, #ARGV, 3 do
  version = version + 1
  redis.call('XADD', log, version .. '-0', 'id', ARGV[i], 'digest', ARGV[i + 1], 'at', at, 'body', ARGV[i + 2])
  known[#known + 1] = ARGV[i]
  known[#known + 1] = version .. ' ' .. ARGV[i + 1]
end
redis.call('HSET', ids, unpack(known))
redis.call('SADD', games, game)
if due == 'none' then
  redis.call('DEL', deadline)
  redis.call('ZREM', deadlines, game)
elseif due ~= 'keep' then
  redis.call('SET', deadline, due .. ' ' .. clock)
  redis.call('ZADD', deadlines, due, game)
end
return {'OK', version, at}
