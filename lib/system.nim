## What every module sees without importing it: the basic types, their operations, exceptions, files, and what the compiler
## itself calls.
##
## Written in plain Nim over the operations that the compiler has built in (`{.magic.}`) and the functions of the runtime
## (the magics with `Rt`). A name is declared before it is used, also across the parts below.

include system/types
include system/arithmetic
include system/ordinals
include system/memory
include system/strings
include system/numbers
include system/exceptions
include system/assertions
include system/ranges
include system/iterators
include system/comparison
include system/seqs
include system/slices
include system/dollars
include system/repr
include system/io
include system/input
include system/misc
include system/atomics
include system/threads
include system/channels
include system/exits
include system/stacktraces
include system/parsefloat
include system/trees
