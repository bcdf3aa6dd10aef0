"""The debrief: a game made into one page that needs nothing else, to be projected to a class and handed out, by code alone.

``telling`` folds a log for the public or, once the instructor reveals what was secret, for all eyes.  Each part of the page has a file of
facts, plain records without markup, and a template in ``parts``; ``drawing`` has the pictures; all words of the page stand in
``words.en.toml``.
"""
