"""The systems beside ours: a monolith, stock nameko behind Flask, and FastAPI with FastStream.

They share what they do (`queries`, `dumps`, `writes`, `authentication`) and differ in how a request reaches it.
What Python's collector is told (`services.chassis.core.garbage`) every process of theirs is told as well.
"""
