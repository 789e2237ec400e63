## Old programs walk through directories with this; it is all in `os`.

import std/os
export PathComponent, walkDir, walkDirRec
