-- Load for wrk: `wrk ... -s load.lua URL -- <pause ms> <token> <path>...`
-- wrk's own latencies mix refusals with answers. Here each request carries the time it was sent as its X-Request-Id, which
-- every answer of the gateway gives back; what was accepted is counted by tenths of a millisecond.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } stamp; int clock_gettime(int, stamp *);")
local stamp = ffi.new("stamp")
local threads = {}
local paths, pause, head = {}, 0, {}

local function now()
   ffi.C.clock_gettime(1, stamp)
   return tonumber(stamp.s) * 1000000 + math.floor(tonumber(stamp.ns) / 1000)
end

function setup(thread)
   thread:set("number", #threads)
   table.insert(threads, thread)
end

function init(args)
   pause = tonumber(args[1])
   head["Authorization"] = "Bearer " .. args[2]
   for i = 3, #args do paths[i - 2] = args[i] end
   math.randomseed(number + os.time())
   statuses, accepted, hintless = {}, {}, 0
end

-- milliseconds before a connection's next request: somewhere up to twice the mean, so that no crowd walks in step
function delay()
   return pause == 0 and 0 or math.random(0, 2 * pause)
end

function request()
   head["X-Request-Id"] = string.format("%016d", now())
   return wrk.format("GET", paths[math.random(#paths)], head)
end

function response(status, headers)
   local name = tostring(status)
   statuses[name] = (statuses[name] or 0) + 1
   if status == 200 then
      local tenth = math.floor((now() - tonumber(headers["X-Request-Id"])) / 100)
      accepted[tenth] = (accepted[tenth] or 0) + 1
   elseif status == 503 and not headers["Retry-After"] then
      hintless = hintless + 1
   end
end

local function add(into, from)
   for key, count in pairs(from) do into[key] = (into[key] or 0) + count end
end

local function json(counts)
   local parts = {}
   for key, count in pairs(counts) do table.insert(parts, string.format('"%s": %d', key, count)) end
   return "{" .. table.concat(parts, ", ") .. "}"
end

function done(summary, latency, requests)
   local all, fast, without = {}, {}, 0
   for _, thread in ipairs(threads) do
      add(all, thread:get("statuses"))
      add(fast, thread:get("accepted"))
      without = without + thread:get("hintless")
   end
   local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
   io.write(string.format('\nRESULT {"seconds": %.3f, "broken": %d, "without_hint": %d, "statuses": %s, "tenths": %s}\n',
      summary.duration / 1e6, broken, without, json(all), json(fast)))
end
