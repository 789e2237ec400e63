## The C library's time in seconds.

import std/posix
export posix.Time
