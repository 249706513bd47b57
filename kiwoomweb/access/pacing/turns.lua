-- Whose call may leave next: kiwoomweb/broker/turns.py in Valkey's language, for all processes that share a key.
-- KEYS[1] names the app key's turns; ARGV: what to do, the moment in ms ('' = Valkey's own clock), the details.
local key, verb = KEYS[1], ARGV[1]
local now = tonumber(ARGV[2])
if not now then
  local clock = redis.call('TIME')
  now = clock[1] * 1000 + math.floor(clock[2] / 1000)
end

local WINDOW, HOLD, LEASE, LOOK_AGAIN = 1005, 20000, 2000, 250
local SHUT, NARROW, WIDER_EVERY = 1200, 600000, 60000
-- What nobody touches for so long is forgotten, and what the gauge looks back on.
local FORGET, LOOK_BACK, REFUSALS = 7200000, 60000, 3600000

local function name(part) return key .. ':' .. part end
local function slots(gate) return name('slots:' .. gate) end
local function number(hash, field) return tonumber(redis.call('HGET', name(hash), field) or 0) end
local function remember(...)
  for _, part in ipairs({...}) do redis.call('PEXPIRE', name(part), FORGET) end
end

local function limit_of(gate, base)
  local learned = redis.call('HGET', name('learned'), gate)
  if not learned then return base end
  local limit, since = string.match(learned, '(%d+):(%d+)')
  local wider = math.max(0, math.floor((now - since - NARROW) / WIDER_EVERY))
  return math.min(base, tonumber(limit) + wider)
end

-- When each place of a gate is free, earliest first; when the last call left; until when the gate is shut.
local function view(gate)
  local limit = limit_of(gate[1], gate[2])
  redis.call('ZREMRANGEBYSCORE', slots(gate[1]), '-inf', now)
  local held = redis.call('ZRANGE', slots(gate[1]), 0, -1, 'WITHSCORES')
  local taken = {}
  for i = 2, #held, 2 do taken[#taken + 1] = math.min(tonumber(held[i]), now + WINDOW) end
  table.sort(taken)
  local free = {}
  for _ = 1, limit - #taken do free[#free + 1] = now end
  for i = math.max(1, #taken - limit + 1), #taken do free[#free + 1] = taken[i] end
  local last = redis.call('HGET', name('last'), gate[1])
  return {free = free, last = tonumber(last or -WINDOW), shut = number('shut', gate[1]), spread = gate[3]}
end

local function opens(seen)
  local spaced = seen.spread > 0 and seen.last + seen.spread or 0
  return math.max(seen.free[1], spaced, seen.shut)
end

local function take_place(seen, at)
  local suits = 1
  for i = 1, #seen.free do if seen.free[i] <= at then suits = i end end
  table.remove(seen.free, suits)
  local place = #seen.free + 1
  while place > 1 and seen.free[place - 1] > at + WINDOW do place = place - 1 end
  table.insert(seen.free, place, at + WINDOW)
  seen.last = at
end

local function queue_up(ticket, rank, payer, gates)
  if not redis.call('ZSCORE', name('queue'), ticket) then
    local mine = rank .. '|' .. payer
    local tag = math.max(number('served', rank), number('served', mine)) + 1
    redis.call('HSET', name('served'), mine, tag)
    redis.call('ZADD', name('queue'), rank * 1e12 + tag, ticket)
  end
  redis.call('HSET', name('waiting'), ticket, (now + LEASE) .. ' ' .. gates)
end

local function withdraw(ticket)
  redis.call('ZREM', name('queue'), ticket)
  redis.call('HDEL', name('waiting'), ticket)
end

local function leave(ticket, rank, gates)
  redis.call('HSET', name('served'), rank, redis.call('ZSCORE', name('queue'), ticket) - rank * 1e12)
  withdraw(ticket)
  for _, gate in ipairs(gates) do
    redis.call('ZADD', slots(gate[1]), now + HOLD, ticket)
    redis.call('PEXPIRE', slots(gate[1]), FORGET)
    redis.call('HSET', name('last'), gate[1], now)
    redis.call('HSET', name('gates'), gate[1], gate[2])
  end
  redis.call('ZADD', name('recent'), now, ticket)
  redis.call('ZREMRANGEBYSCORE', name('recent'), '-inf', now - LOOK_BACK)
  remember('queue', 'waiting', 'served', 'last', 'gates', 'recent')
  return 0
end

local function ask(ticket, rank, payer, gates)
  queue_up(ticket, rank, payer, gates)
  local views = {}
  for _, other in ipairs(redis.call('ZRANGE', name('queue'), 0, -1)) do
    local told = redis.call('HGET', name('waiting'), other)
    local till, wants = string.match(told or '0 []', '^(%d+) (.*)$')
    if tonumber(till) < now then
      withdraw(other)
    else
      local at, passes = now, cjson.decode(wants)
      for _, gate in ipairs(passes) do
        views[gate[1]] = views[gate[1]] or view(gate)
        at = math.max(at, opens(views[gate[1]]))
      end
      if other == ticket then
        if at <= now then return leave(ticket, rank, passes) end
        return math.min(at - now, LOOK_AGAIN)
      end
      for _, gate in ipairs(passes) do take_place(views[gate[1]], at) end
    end
  end
  return LOOK_AGAIN
end

local function answered(ticket, gates)
  for _, gate in ipairs(cjson.decode(gates)) do
    redis.call('ZADD', slots(gate[1]), 'XX', now + WINDOW, ticket)
  end
end

local function refused(gate, base, quota)
  local limit = limit_of(gate, base)
  local narrower = (quota and quota < limit) and quota or limit - 1
  redis.call('HSET', name('learned'), gate, math.max(narrower, 1) .. ':' .. now)
  redis.call('HSET', name('shut'), gate, now + SHUT)
  redis.call('ZADD', name('refusals'), now, now .. ' ' .. gate)
  redis.call('ZREMRANGEBYSCORE', name('refusals'), '-inf', now - REFUSALS)
  remember('learned', 'shut', 'refusals')
end

-- For the gauge: [gate, limit now, limit by table, places taken] of each gate, calls of the last minute,
-- refusals of the last hour, how many wait by class.
local function look()
  local gates, waiting = {}, {}
  local told = redis.call('HGETALL', name('gates'))
  for i = 1, #told, 2 do
    local base = tonumber(told[i + 1])
    local taken = redis.call('ZCOUNT', slots(told[i]), '(' .. now, '+inf')
    gates[#gates + 1] = {told[i], limit_of(told[i], base), base, taken}
  end
  for rank = 0, 5 do
    waiting[#waiting + 1] = redis.call('ZCOUNT', name('queue'), rank * 1e12, '(' .. (rank + 1) * 1e12)
  end
  local minute = redis.call('ZCOUNT', name('recent'), now - LOOK_BACK, '+inf')
  local hour = redis.call('ZCOUNT', name('refusals'), now - REFUSALS, '+inf')
  return cjson.encode({gates = gates, waiting = waiting, minute = minute, refusals = hour})
end

if verb == 'ask' then return ask(ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]) end
if verb == 'answered' then return answered(ARGV[3], ARGV[4]) end
if verb == 'refused' then return refused(ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])) end
if verb == 'withdraw' then return withdraw(ARGV[3]) end
if verb == 'look' then return look() end
return redis.error_reply('no such verb: ' .. verb)
