"""Duty rotas: who of a town's or village's office is on duty on which day, and in which hours the office rests.

Owns: rotas. Emits: identity.rota.set, .changed. Hears: nothing. Asks: nothing (staff and leaves are wired in the service).
Rooms of its own: `hours.py`, the office's quiet hours with weekends and holidays.
"""
