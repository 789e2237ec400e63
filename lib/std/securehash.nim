## The older name of `sha1`.

import std/sha1
export sha1
