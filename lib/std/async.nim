## An older name of `asyncdispatch`.

import std/asyncdispatch
export asyncdispatch
