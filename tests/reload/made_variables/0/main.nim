# What templates declare under names of their own, and what a proc declares in several blocks, keeps its value whatever comes before it.
import m, std/hotcodereloading
proc step*() =
  performCodeReload()
  show()
show()
