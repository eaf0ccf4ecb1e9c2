"""Minutes: begun from a session, drafted, gone through sentence by sentence, validated, published.

Each change raises the version of the text first, so that two people never undo each other unseen;
what was published is an edition of its own and never changes.
"""
