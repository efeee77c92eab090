"""The gateway's cache of public answers: kept in each worker process, ended by events, bounded in age and bytes.

layer    in front of Flask: a kept answer goes out without routing, JSON or RPC
reading  behind the route: asks, once for all who want the same, and keeps the answer
store    what is kept, and what is on its way
answers  a kept answer as HTTP
changes  what was told to have changed
parts    what a page is made of, from services and cache
invalidation_listener  the thread that hears the events; without it nothing is kept and nothing is used
"""
