## The older home of `os`'s procs for paths and the environment.

import std/os
export os
