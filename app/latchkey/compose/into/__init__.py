"""Improving a policy set that people already have: understand it, plan the changes, splice them in.

Three things happen, in this order, each a pure function of bytes:

    peel    takes our own earlier hand off again: what we inserted goes, what we changed or hid comes back
    apply   puts in what the draft says, as if for the first time
    plan    the difference between what is there and that, in words and as bytes

So done twice is done once, draft A after draft B gives what A gave, and taking everything of ours off gives back the
person's own bytes: all three hold by construction, not by care. Our hand is known by comments in the files (`marks`):
they move with the files, through copies, archives and version control, where a record kept elsewhere would be lost.
"""
