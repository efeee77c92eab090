-- wrk's side: sends requests that were written down whole, and tells what came of them as one line of JSON.
-- args: the file (for each request its length, a newline, its bytes).
local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(args)
   requests, sent = {}, 0
   local file = assert(io.open(args[1], "rb"))
   local length = file:read("*n")
   while length do
      file:read(1)
      table.insert(requests, file:read(length))
      length = file:read("*n")
   end
   file:close()
end

function request()
   sent = sent + 1
   return requests[(sent - 1) % #requests + 1]
end

function done(summary, latency, all)
   local total = 0
   for _, thread in ipairs(threads) do
      total = total + thread:get("sent")
   end
   local form = '\nRESULT {"requests":%d,"sent":%d,"us":%d,"p50_us":%.1f,"p99_us":%.1f,'
      .. '"status":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}\n'
   local errors = summary.errors
   io.write(form:format(summary.requests, total, summary.duration, latency:percentile(50), latency:percentile(99),
      errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
