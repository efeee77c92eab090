"""What carrying an event costs, beside what the broker could do at best: `make bench-events`.

Everything runs in one go and in turns, so that a busy machine slows all of it alike: read the ratios, not the
absolute figures.
"""
