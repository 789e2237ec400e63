import a
proc show*() = echo f()
