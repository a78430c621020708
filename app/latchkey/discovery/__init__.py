"""What a provider publishes about itself: fetched when somebody asks, judged by what Azure can do, and filled in.

`fetch` is the program's one way to the network. It sends nothing but a question for a document: no cookie, no secret,
nothing of the draft.
"""
