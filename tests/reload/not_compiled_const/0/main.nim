# An edit of a const compiles what it concerns and nothing else.
import user, bystander, std/hotcodereloading

proc step*() =
  performCodeReload()
  echo used(), " ", unused(), " ", own()
