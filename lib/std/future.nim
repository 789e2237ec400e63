## The older name of `sugar`.

import std/sugar
export sugar
