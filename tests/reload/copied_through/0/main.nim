# A small proc of the program that was copied into a proc of the library, and with that into a loop, hides no edit from the loop.
import items, std/[algorithm, tables, hotcodereloading]
proc main() =
  let (a, b) = (Item(n: 1), Item(n: 2))
  for round in 1 .. 3:
    echo max(a, b).n, " ", cmp(a, b), " ", b in [a], " ", helped(a)
    if round == 2: break
    echo "next"
    performCodeReload()
main()
