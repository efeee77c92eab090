"""How every service answers for what it holds of a person: inventory, export, account closure."""
