# What an edit of a body can mean: it sees what stands before it and nothing else, and takes its nested procs along.
import logic, other, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo answer(), " ", limit, " ", wide()

echo answer(), " ", limit, " ", wide()
