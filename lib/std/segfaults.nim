## Access through nil raises `NilAccessDefect` here whether this module is imported or not.
