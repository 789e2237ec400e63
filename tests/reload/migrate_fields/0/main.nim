# Fields come, go and change places, also nested in seqs, arrays, refs and tuples; numbers get wider.
import world, std/hotcodereloading

proc step*() =
  performCodeReload()
  grow()
  show()

show()
