"""What a request costs: the platform beside a monolith, stock nameko and FastAPI with FastStream: `make bench`.

All of them answer the same requests over the same documents in the same MongoDB and broker on one machine, in turns, so
that a busy machine slows all of them alike: read the ratios to the monolith, not the absolute figures. Before a row is
measured its answers are compared: a system that gives other JSON than the platform is not measured but reported.

Tuned, because a peer that is slow by our fault is a false result:

- monolith: the gateway's gunicorn settings (its worker, `reuse_port`), one MongoClient for each worker, orjson,
  answers made by hand, verified tokens remembered, no line logged for a request. It validates what it stores.
- nameko: a `ClusterRpcClient` for each thread of the same Flask and gunicorn, kept open; requests transient and without
  confirms, orjson as serializer, a page's four calls at once, connection pools as large as the threads, 32 workers for
  each service. All of it is in nameko's or kombu's documentation; nothing of nameko is replaced.
- faststream: uvicorn with uvloop and httptools, orjson, pymongo's asynchronous client, no access log; services with
  uvloop and a prefetch of 100, messages transient. `broker.request` lets one request at a time through
  each broker object, so requests are sent as its authors advise for a permanent flow: one reply queue for each worker
  with a subscriber that settles futures. A page's four requests are sent at once.
- each of them: one process for each of the four services, as many gateway workers as ours, and a relay of ours that
  sends the events which its writes store: an event that is never sent would be less work than ours.

The platform runs as deploy/Procfile says, with its logs, and its relays, listeners and senders are counted as its own.
"""
