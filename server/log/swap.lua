-- Put a value into a field of a hash if the field holds what the caller saw there; sent twice it answers as it did the first time.
-- KEYS  hash.  ARGV  field, 'absent' or 'is', the value seen ('' if absent), the new value.  Reply 1 if the field now holds the new value, else 0.
local hash = KEYS[1]
local field, kind, seen, new = unpack(ARGV)
local now = redis.call('HGET', hash, field)
if now == new then return 1 end
if kind == 'absent' and now then return 0 end
if kind == 'is' and now ~= seen then return 0 end
redis.call('HSET', hash, field, new)
return 1
