-- Put a snapshot beside its log; sent twice it does the same twice.
-- KEYS  log, snapshot of the game.  ARGV  version at which it was taken, seconds for which it is kept, the snapshot.
-- Reply 1, or 0 if the log is shorter: it was taken out, or put back to an earlier state.
if redis.call('XLEN', KEYS[1]) < tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[2], ARGV[3], 'EX', ARGV[2])
return 1
