import part
proc show*() = echo text(), kept
