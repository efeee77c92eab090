"""The working days of a county: the announced calendar, with what the county itself adds, and the years that it has entered.

Owns: working_calendars. Emits: affairs.calendar.changed, .year_published. Hears: nothing. Asks: nothing.

Terms count by it in every process of affairs, which keeps all of them and looks every few seconds whether one has changed (`county_calendars.py`): a queue would tell one process
only. Each has a number, which what was counted by it keeps; whatever was counted by a lower one is counted anew.
"""
