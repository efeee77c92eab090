"""The people of the villages: who they are, who vouches for them, who acts for them, how they are counted."""
