## Short forms: `x => x * 2` for a proc, `(int) -> int` for its type, `collect`, `capture`, `dup`, `dump`.

macro `=>`*(p, b: untyped): untyped {.magic: "Macro".}
  ## `params => body`: an anonymous proc. The types of parameters follow from where it goes, or are given:
  ## `(x: int, y: int) -> int => x + y`.
macro `->`*(p, b: untyped): untyped {.magic: "Macro".}
  ## `(int, string) -> bool`: a proc type.
macro dump*(x: untyped): untyped {.magic: "Macro".}
  ## Prints an expression and its value.
macro dumpToString*(x: untyped): string {.magic: "Macro".}
  ## An expression and its value as text.
macro capture*(locals: varargs[untyped], body: untyped): untyped {.magic: "Macro".}
  ## Runs `body` with the variables as they are now, which matters to procs that it makes.
macro dup*[T](arg: T, calls: varargs[untyped]): T {.magic: "Macro".}
  ## A copy of `arg` after calls that change it in place; it is their first argument, or stands where `_` is.
macro collect*(init, body: untyped): untyped {.magic: "Macro".}
  ## What a loop's last expressions give, in a container that `init` makes: `collect(newSeq): for x in xs: x + 1`.
macro collect*(body: untyped): untyped {.magic: "Macro".}
  ## As above, in a `seq`; `{x}` makes a `HashSet` and `{key: value}` a `Table`.
macro collectProbe(x: untyped): untyped {.magic: "Macro".}
