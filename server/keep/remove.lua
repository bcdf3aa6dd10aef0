-- Take a game out of the store, if its log is as long as the caller saw; all or nothing.
-- KEYS  log, ids, deadline, seats, snapshot of the game; deadlines, games of its bucket.  ARGV  game, length.
-- Reply the number of keys that were removed, or -1 if the log has another length; 0 if nothing was there, as after a lost reply.
local log, ids, deadline, seats, snapshot, deadlines, games = unpack(KEYS)
local length = redis.call('XLEN', log)
if length ~= 0 and length ~= tonumber(ARGV[2]) then return -1 end
redis.call('ZREM', deadlines, ARGV[1])
redis.call('SREM', games, ARGV[1])
return redis.call('DEL', log, ids, deadline, seats, snapshot)
