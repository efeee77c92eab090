"""What each person wants to be told, and where: in the inbox, also by SMS, or not at all.

Owns: preferences. Emits: nothing. Hears: nothing. Asks: nothing.
"""
